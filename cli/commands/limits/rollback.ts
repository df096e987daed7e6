import { planRollback } from '../../../operator/limits/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { targetCommand } from '../../command/target-command.ts';
import { UsageError } from '../../errors.ts';
import { applyChange } from '../../limits/apply-change.ts';
import { parseLimitName } from '../../limits/parse-limit-name.ts';

/** Of a parameter; SSM counts them from 1 on. */
const MAX_VERSION = 1_000_000_000;

export function limitsRollback(cli: Cli) {
  return targetCommand(cli, {
    name: 'rollback',
    summary: 'take the last change of limits back',
    details:
      'What was changed together is taken back together. With the name of a limit only that one is, to the version ' +
      'before or to any other that limits history lists. Nothing is written unless the whole set is then valid on this stack.',
    example: 'commitlane limits rollback lease.ttlMs --to 2 --local',
  })
    .argument('[limit]', 'only this one, such as lease.ttlMs', parseLimitName)
    .option(
      '--to <version>',
      'of the limit; 0 is what it was before anybody set it',
      parseNumber(0, MAX_VERSION),
    )
    .option('--dry-run', 'only check, and show before and after')
    .action((name, { to: version, dryRun = false, ...options }) => {
      if (version !== undefined && name === undefined)
        throw new UsageError(
          'Which limit is version --to of? Name it, as in limits rollback lease.ttlMs --to 2.',
        );
      return onTarget(cli, options, async (target) => {
        const wanted = await planRollback(target, { name, version }, cli.signal);
        return applyChange(target, wanted, { dryRun, signal: cli.signal });
      });
    });
}
