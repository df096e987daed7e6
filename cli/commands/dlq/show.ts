import { toCommitView } from '../../../lib/api/index.ts';
import { MAX_LETTERS_PER_REPLAY } from '../../../lib/dead-letters/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { targetCommand } from '../../command/target-command.ts';
import { commitLines } from '../../display/commit-lines.ts';
import { NotFoundError } from '../../errors.ts';
import { letterDocument } from '../../letters/letter-document.ts';
import { letterDetailLines } from '../../letters/letter-lines.ts';
import { readLetters } from '../../letters/read-letters.ts';

export function dlqShow(cli: Cli) {
  return targetCommand(cli, {
    name: 'show',
    summary: 'show one dead letter',
    details: 'Its body and the timeline of its commit too.',
    example: 'commitlane dlq show 5d0b… --local',
  })
    .argument('<letter>', 'the id of the letter, as dlq list shows it')
    .option('--deep', 'find a letter behind others of its session: each is moved to the end of its queue')
    .action((id, { deep = false, ...options }) =>
      onTarget(cli, options, async (_target, parts) => {
        const { letters, unseen } = await readLetters(
          cli,
          parts,
          {},
          { deep, maxLetters: MAX_LETTERS_PER_REPLAY, only: new Set([id]) },
        );
        const [found] = letters;
        if (!found) throw new NotFoundError(notFound(id, unseen));
        const letter = letterDocument(found);
        const commit = found.commit && toCommitView(found.commit, cli.clock.now());
        return {
          document: { ...letter, ...(commit && { commit }) },
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
    unseen === 0 ? '' : ` ${unseen} letters were not seen; --deep sees those behind others of their session.`;
  return `There is no dead letter '${id}'.${hidden}`;
}
