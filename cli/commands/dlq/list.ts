import { MAX_LETTERS_PER_REPLAY } from '../../../lib/dead-letters/index.ts';
import { readLetters } from '../../../operator/letters/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { parseNumber } from '../../command/parse-number.ts';
import { withProgress } from '../../display/with-progress.ts';
import { letterLines } from '../../letters/letter-lines.ts';
import { choiceOf } from '../../letters/letter-options.ts';
import { lettersCommand } from '../../letters/letters-command.ts';

const DEFAULT_LIMIT = 100;

export function dlqList(cli: Cli) {
  return lettersCommand(cli, {
    name: 'list',
    summary: 'list dead letters',
    details: 'It says why each failed, and what a replay would do. The letters stay where they are.',
    example: 'commitlane dlq list --queue commits --older-than 1h --local',
  })
    .option(
      '--limit <letters>',
      'read at most this number from each queue',
      parseNumber(1, MAX_LETTERS_PER_REPLAY),
      DEFAULT_LIMIT,
    )
    .option(
      '--deep',
      'also show letters behind others of their session: each is moved to the end of its queue',
    )
    .action(({ limit, deep = false, ...options }) =>
      onTarget(cli, options, async (target) => {
        const reading = { deep, maxLetters: limit };
        const document = await withProgress(cli, (report) =>
          readLetters(target, choiceOf(options), reading, { signal: cli.signal, report }),
        );
        return { document, lines: (view) => letterLines(view, document, cli.clock.now()) };
      }),
    );
}
