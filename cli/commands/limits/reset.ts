import { type LimitName, limitDefinitions, NOT_SET } from '../../../lib/limits/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { targetCommand } from '../../command/target-command.ts';
import { UsageError } from '../../errors.ts';
import { applyChange } from '../../limits/apply-change.ts';
import { parseLimitName } from '../../limits/parse-limit-name.ts';

export function limitsReset(cli: Cli) {
  return targetCommand(cli, {
    name: 'reset',
    summary: 'have limits as they were deployed',
    details: 'Nothing is written unless the whole set is then valid on this stack.',
    example: 'commitlane limits reset lease.ttlMs --local',
  })
    .argument('[limit...]', 'such as lease.ttlMs', (text: string, earlier: readonly LimitName[] = []) => [
      ...earlier,
      parseLimitName(text),
    ])
    .option('--all', 'every limit')
    .option('--dry-run', 'only check, and show before and after')
    .action((given, { all = false, dryRun = false, ...options }) => {
      const named: readonly LimitName[] = given ?? [];
      if (all === named.length > 0) throw new UsageError('Which limits? Name some, or give --all.');
      const names = all ? limitDefinitions.map(({ name }) => name) : named;
      const wanted = new Map(names.map((name) => [name, NOT_SET]));
      return onTarget(cli, options, (target) => applyChange(target, wanted, { dryRun, signal: cli.signal }));
    });
}
