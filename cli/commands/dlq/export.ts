import { writeFile } from 'node:fs/promises';
import { readLetters } from '../../../operator/letters/index.ts';
import { count } from '../../../operator/words/index.ts';
import type { Cli } from '../../cli.ts';
import { onTarget } from '../../command/on-target.ts';
import { withProgress } from '../../display/with-progress.ts';
import { UsageError } from '../../errors.ts';
import { unseenLines } from '../../letters/letter-lines.ts';
import { choiceOf } from '../../letters/letter-options.ts';
import { lettersCommand } from '../../letters/letters-command.ts';

export function dlqExport(cli: Cli) {
  return lettersCommand(cli, {
    name: 'export',
    summary: 'copy dead letters to a file',
    details: 'One JSON object a line, with the body. The letters stay where they are.',
    example: 'commitlane dlq export letters.jsonl --deep --local',
  })
    .argument('<file>', 'a new file')
    .option('--deep', 'also letters behind others of their session: each is moved to the end of its queue')
    .action((file, { deep = false, ...options }) =>
      onTarget(cli, options, async (target) => {
        const { letters, unseen } = await withProgress(cli, (report) =>
          readLetters(target, choiceOf(options), { deep }, { signal: cli.signal, report }),
        );
        await save(file, letters.map((letter) => `${JSON.stringify(letter)}\n`).join(''));
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
      code === 'EEXIST' ? 'it exists already: name another, or move it' : `it cannot be written (${code})`;
    throw new UsageError(`${file}: ${why}.`, { cause: error });
  }
}
