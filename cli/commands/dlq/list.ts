import { MAX_LETTERS_PER_REPLAY } from '../../../lib/dead-letters/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { letterDocument } from '../../letters/letter-document.ts';
import { letterLines } from '../../letters/letter-lines.ts';
import { lettersCommand } from '../../letters/letters-command.ts';
import { readLetters } from '../../letters/read-letters.ts';

const DEFAULT_LIMIT = 100;

export function dlqList(cli: Cli) {
  return lettersCommand(cli, {
    name: 'list',
    summary: 'list dead letters',
    details: 'It says why each was given up, and what a replay would do. The letters stay where they are.',
    example: 'commitlane dlq list --queue commits --older-than 1h --local',
  })
    .option(
      '--limit <letters>',
      'look at so many of each queue',
      parseNumber(1, MAX_LETTERS_PER_REPLAY),
      DEFAULT_LIMIT,
    )
    .option('--deep', 'see letters behind others of their session: each is moved to the end of its queue')
    .action(({ limit, deep = false, ...options }) =>
      onTarget(cli, options, async (_target, parts) => {
        const { letters, unseen } = await readLetters(cli, parts, options, { deep, maxLetters: limit });
        const document = { letters: letters.map(letterDocument), unseen };
        return { document, lines: (view) => letterLines(view, document, cli.clock.now()) };
      }),
    );
}
