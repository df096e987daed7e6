import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { LimitName } from '../../../lib/limits/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { targetCommand } from '../../command/target-command.ts';
import { applyChange } from '../../limits/apply-change.ts';
import { parseLimitName } from '../../limits/parse-limit-name.ts';

export function limitsSet(cli: Cli) {
  return targetCommand(cli, {
    name: 'set',
    summary: 'change limits',
    details: 'Together: nothing is written unless the whole set is then valid on this stack.',
    example: 'commitlane limits set lease.ttlMs=45000 lease.maxRetries=20 --local',
  })
    .argument('<limit=value...>', 'such as lease.ttlMs=45000', parseAssignment)
    .option('--dry-run', 'only check, and show before and after')
    .action((wanted, { dryRun = false, ...options }) =>
      onTarget(cli, options, (target) => applyChange(target, wanted, { dryRun, signal: cli.signal })),
    );
}

/** Adds `name=value` to those that came before. */
function parseAssignment(
  text: string,
  earlier: ReadonlyMap<LimitName, string> = new Map(),
): Map<LimitName, string> {
  const [, given = '', value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (value === undefined)
    throw new InvalidArgumentError(`Write it as limit=value, such as lease.ttlMs=45000.`);
  const name = parseLimitName(given);
  if (earlier.has(name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return new Map([...earlier, [name, value]]);
}
