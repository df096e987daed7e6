import { writeFile } from 'node:fs/promises';
import { MAX_LETTERS_PER_REPLAY } from '../../../lib/dead-letters/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { count } from '../../display/count.ts';
import { UsageError } from '../../errors.ts';
import { letterDocument } from '../../letters/letter-document.ts';
import { unseenLines } from '../../letters/letter-lines.ts';
import { lettersCommand } from '../../letters/letters-command.ts';
import { readLetters } from '../../letters/read-letters.ts';

export function dlqExport(cli: Cli) {
  return lettersCommand(cli, {
    name: 'export',
    summary: 'copy dead letters to a file',
    details: 'One JSON object a line, with the body. The letters stay where they are.',
    example: 'commitlane dlq export letters.jsonl --deep --local',
  })
    .argument('<file>', 'a new file')
    .option('--deep', 'letters behind others of their session too: each is moved to the end of its queue')
    .action((file, { deep = false, ...options }) =>
      onTarget(cli, options, async (_target, parts) => {
        const { letters, unseen } = await readLetters(cli, parts, options, {
          deep,
          maxLetters: MAX_LETTERS_PER_REPLAY,
        });
        await save(file, letters.map((letter) => `${JSON.stringify(letterDocument(letter))}\n`).join(''));
        return {
          document: { file, exported: letters.length, unseen },
          lines: (view) => [
            `${file} holds ${count(letters.length, 'dead letter')}.`,
            ...unseenLines(view, unseen),
          ],
          isWell: unseen === 0,
        };
      }),
    );
}

/** A file that is there is never overwritten: it may be the only copy of something. */
async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST' ? 'it is there already: name another, or move it' : `it cannot be written (${code})`;
    throw new UsageError(`${file}: ${why}.`, { cause: error });
  }
}
