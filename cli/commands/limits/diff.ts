import { readLimits } from '../../../operator/limits/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { targetCommand } from '../../command/target-command.ts';
import { limitLines, problemLines } from '../../limits/limit-lines.ts';

export function limitsDiff(cli: Cli) {
  return targetCommand(cli, {
    name: 'diff',
    summary: 'list the limits that are not at their defaults',
    details: 'It exits with 1 when the set is not valid.',
    example: 'commitlane limits diff --local',
  }).action((options) =>
    onTarget(cli, options, async (target) => {
      const { limits: all, problems } = await readLimits(target, cli.signal);
      const limits = all.filter(({ isDefault }) => !isDefault);
      return {
        document: { stack: target.stackName, limits, problems },
        lines: (view) =>
          limits.length === 0
            ? ['Every limit is at its default.', ...problemLines(view, problems)]
            : limitLines(view, limits, problems),
        isWell: problems.length === 0,
      };
    }),
  );
}
