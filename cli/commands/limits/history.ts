import { type LimitVersion, readHistory } from '../../../operator/limits/index.ts';
import { displayText, table } from '../../../terminal/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { targetCommand } from '../../command/target-command.ts';
import type { View } from '../../display/view.ts';
import { parseLimitName } from '../../limits/parse-limit-name.ts';

const DEFAULT_SHOWN = 50;
const MAX_SHOWN = 2_000;

export function limitsHistory(cli: Cli) {
  return targetCommand(cli, {
    name: 'history',
    summary: 'show who changed limits, and when',
    details: 'Newest first, with what each was before.',
    example: 'commitlane limits history lease.ttlMs --local',
  })
    .argument('[limit]', 'such as lease.ttlMs; default: all of them', parseLimitName)
    .option('--limit <changes>', 'show at most this number', parseNumber(1, MAX_SHOWN), DEFAULT_SHOWN)
    .action((name, { limit, ...options }) =>
      onTarget(cli, options, async (target) => {
        const changes = (await readHistory(target, name, cli.signal)).slice(0, limit);
        return {
          document: { stack: target.stackName, changes },
          lines: (view) => historyLines(view, changes),
        };
      }),
    );
}

function historyLines({ colors }: View, changes: readonly LimitVersion[]): string[] {
  if (changes.length === 0) return ['No changes are known.'];
  const rows = changes.map(({ at, name, version, before = '', value, by = 'unknown' }) => [
    at,
    name,
    String(version),
    displayText(before),
    displayText(value),
    displayText(by),
  ]);
  return table([['WHEN', 'LIMIT', 'VERSION', 'BEFORE', 'AFTER', 'WHO'], ...rows], {
    paintHeading: colors.dim,
  });
}
