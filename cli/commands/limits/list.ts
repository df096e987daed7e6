import { readLimits } from '../../../operator/limits/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { targetCommand } from '../../command/target-command.ts';
import { limitLines, unknownLines, unseenLines } from '../../limits/limit-lines.ts';

export function limitsList(cli: Cli) {
  return targetCommand(cli, {
    name: 'list',
    summary: 'list every limit',
    details: 'With its value, its default and its allowed range. It exits with 1 when the set is not valid.',
    example: 'commitlane limits list --local',
  }).action((options) =>
    onTarget(cli, options, async (target) => {
      const { limits, problems, unknown, unseen } = await readLimits(target, cli.signal);
      return {
        document: {
          stack: target.stackName,
          limits,
          problems,
          unknown,
          ...(unseen !== undefined && { unseen }),
        },
        lines: (view) => [
          ...limitLines(view, limits, problems),
          ...unknownLines(view, unknown),
          ...unseenLines(view, unseen),
        ],
        isWell: problems.length === 0,
      };
    }),
  );
}
