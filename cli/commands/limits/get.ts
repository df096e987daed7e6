import { readLimits } from '../../../operator/limits/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { targetCommand } from '../../command/target-command.ts';
import { parseLimitName } from '../../limits/parse-limit-name.ts';

export function limitsGet(cli: Cli) {
  return targetCommand(cli, {
    name: 'get',
    summary: 'print the value of one limit',
    details: 'It prints nothing else, for scripts; --json says more.',
    example: 'commitlane limits get lease.ttlMs --local',
  })
    .argument('<limit>', 'its name, such as lease.ttlMs', parseLimitName)
    .action((name, options) =>
      onTarget(cli, options, async (target) => {
        const { limits } = await readLimits(target, cli.signal);
        const [document = {}] = limits.filter((limit) => limit.name === name);
        return {
          document,
          lines: () => limits.filter((limit) => limit.name === name).map(({ value }) => value),
        };
      }),
    );
}
