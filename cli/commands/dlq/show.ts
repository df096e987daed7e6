import { readLetter } from '../../../operator/letters/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { targetCommand } from '../../command/target-command.ts';
import { commitLines } from '../../display/commit-lines.ts';
import { withProgress } from '../../display/with-progress.ts';
import { NotFoundError } from '../../errors.ts';
import { letterDetailLines } from '../../letters/letter-lines.ts';

export function dlqShow(cli: Cli) {
  return targetCommand(cli, {
    name: 'show',
    summary: 'show one dead letter',
    details: 'With its body and the timeline of its commit.',
    example: 'commitlane dlq show 5d0b… --local',
  })
    .argument('<letter>', 'the id of the letter, as dlq list shows it')
    .option('--deep', 'find a letter behind others of its session: each is moved to the end of its queue')
    .action((id, { deep = false, ...options }) =>
      onTarget(cli, options, async (target) => {
        const { letter, unseen } = await withProgress(cli, (report) =>
          readLetter(target, id, { deep }, { signal: cli.signal, report }),
        );
        if (!letter) throw new NotFoundError(notFound(id, unseen));
        const { commit } = letter;
        return {
          document: letter,
          lines: (view) => [
            ...letterDetailLines(view, letter, cli.clock.now()),
            ...(commit ? ['', ...commitLines(view, commit)] : []),
          ],
        };
      }),
    );
}

function notFound(id: string, unseen: number): string {
  const hidden =
    unseen === 0
      ? ''
      : ` ${unseen} letters were not seen; --deep shows those behind others of their session.`;
  return `There is no dead letter '${id}'.${hidden}`;
}
