import { limitDefinitions } from '../../../lib/limits/index.ts';
import { displayText } from '../../../terminal/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { targetCommand } from '../../command/target-command.ts';
import { table } from '../../display/table.ts';
import type { View } from '../../display/view.ts';
import { parseLimitName } from '../../limits/parse-limit-name.ts';
import { type LimitVersion, readHistory } from '../../limits/read-history.ts';

const DEFAULT_SHOWN = 50;
const MAX_SHOWN = 2_000;

export function limitsHistory(cli: Cli) {
  return targetCommand(cli, {
    name: 'history',
    summary: 'show who changed limits, and when',
    details: 'Newest first, with what each was before.',
    example: 'commitlane limits history lease.ttlMs --local',
  })
    .argument('[limit]', 'such as lease.ttlMs; all of them unless given', parseLimitName)
    .option('--limit <changes>', 'show so many', parseNumber(1, MAX_SHOWN), DEFAULT_SHOWN)
    .action((name, { limit, ...options }) =>
      onTarget(cli, options, async (target) => {
        const names = name === undefined ? limitDefinitions.map((definition) => definition.name) : [name];
        const versions: LimitVersion[] = [];
        for (const one of names) versions.push(...(await readHistory(target, one, cli.signal)));
        const changes = versions.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, limit);
        return {
          document: { stack: target.stackName, changes },
          lines: (view) => historyLines(view, changes),
        };
      }),
    );
}

function historyLines(view: View, changes: readonly LimitVersion[]): string[] {
  if (changes.length === 0) return ['Nothing is known.'];
  const rows = changes.map(({ at, name, before = '', value, by = 'unknown' }) => [
    at,
    name,
    displayText(before),
    displayText(value),
    displayText(by),
  ]);
  return table(view, [['WHEN', 'LIMIT', 'BEFORE', 'AFTER', 'WHO'], ...rows]);
}
