import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { targetCommand } from '../../command/target-command.ts';
import { limitDocuments, limitLines, unknownLines } from '../../limits/limit-lines.ts';
import { readLimits } from '../../limits/read-limits.ts';

export function limitsList(cli: Cli) {
  return targetCommand(cli, {
    name: 'list',
    summary: 'list every limit',
    details: 'With its value, its default and what is allowed. It exits with 1 when the set is not valid.',
    example: 'commitlane limits list --local',
  }).action((options) =>
    onTarget(cli, options, async (target) => {
      const stored = await readLimits(target, cli.signal);
      const limits = limitDocuments(stored);
      const { problems, unknown } = stored;
      return {
        document: { stack: target.stackName, limits, problems, unknown },
        lines: (view) => [...limitLines(view, limits, problems), ...unknownLines(view, unknown)],
        isWell: problems.length === 0,
      };
    }),
  );
}
