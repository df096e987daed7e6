import { readFile } from 'node:fs/promises';
import { buffer as readAll } from 'node:stream/consumers';
import { type AutoCommitEvent, appendAndCommit } from '../../lib/auto-commit/index.ts';
import { decodeUtf8, fieldName, readJson } from '../../lib/json/index.ts';
import { appendBounds, type NewMessage, newMessagesSchema } from '../../lib/session/index.ts';
import { abridged } from '../../lib/text/index.ts';
import { count } from '../../operator/words/index.ts';
import type { Cli } from '../cli.ts';
import { isUtf8Argument } from '../command/is-utf8-argument.ts';
import { onTarget } from '../command/on-target.ts';
import { parseName } from '../command/parse-name.ts';
import { targetCommand } from '../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../command/tenant-option.ts';
import { UsageError } from '../errors.ts';

/** More of them would help nobody. */
const MAX_PROBLEMS = 10;
const MAX_MESSAGE_CHARACTERS = 200;
/** As a body of the API: with characters written as `\u00e9`, and spaces. */
const MAX_FILE_BYTES = 4 * appendBounds.maxBytes;

export function append(cli: Cli) {
  return targetCommand(cli, {
    name: 'append',
    summary: 'append messages to a session',
    details: 'They are stored together: one text, or a file of JSON lines (- for standard input).',
    example: 'commitlane append chat-42 "I prefer tea to coffee." --tenant acme --create ann --local',
  })
    .argument('<session>', 'the id of the session', parseName)
    .argument('[text]', 'the content of one message')
    .addOption(tenantOption())
    .option('--role <role>', 'who said it: user, assistant, system, tool', 'user')
    .option(
      '--file <file>',
      'a file with one JSON object a line: role, content, and optionally id, at, metadata',
    )
    .option('--key <key>', 'repeats with the same key within 12 hours are stored once', parseName)
    .option(
      '--create <scope>',
      'create the session if it does not exist, for the memories of this scope',
      parseName,
    )
    .action(async (session, text, { tenant, role, file, key: repeatKey, create: scope, ...options }) => {
      requireTenant(session, tenant, options);
      const messages = await readMessages(cli, { text, role, file });
      await onTarget(cli, options, async (target) => {
        const key = { tenant: tenantOf(session, tenant, target), session };
        if (scope !== undefined) {
          await target.store.createSession(key, { scope, createdAtMs: cli.clock.now() });
        }
        const events: AutoCommitEvent[] = [];
        const context = { ...target, onEvent: (event: AutoCommitEvent) => events.push(event) };
        const document = await appendAndCommit(context, key, messages, repeatKey);
        const { position, duplicate } = document;
        const line = duplicate
          ? `Already stored at position ${position}: nothing was written.`
          : `Stored ${count(messages.length, 'message')} at position ${position}.`;
        return { document, lines: () => [line, ...events.map(autoCommitLine)] };
      });
    });
}

function autoCommitLine(event: AutoCommitEvent): string {
  if (event.type === 'auto-commit.requested')
    return `Commit ${event.commitId} is queued, by the session's policy (${event.policyCause}).`;
  return "A commit is due by the session's policy, but could not be requested now: the schedule requests it in a minute.";
}

async function readMessages(
  { stdin }: Cli,
  {
    text,
    role,
    file,
  }: { readonly text: string | undefined; readonly role: string; readonly file: string | undefined },
): Promise<NewMessage[]> {
  if ((text === undefined) === (file === undefined)) throw new UsageError('Give either a text or --file.');
  const given =
    file === undefined
      ? [{ role, content: argument(text ?? '') }]
      : parseLines(decode(file, file === '-' ? await readAll(stdin) : await read(file)));
  const parsed = newMessagesSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => {
    const [index, ...field] = path;
    const where = field.length > 0 ? `, ${fieldName(field)}` : '';
    const what = abridged(message, MAX_MESSAGE_CHARACTERS);
    return typeof index === 'number' ? `message ${index + 1}${where}: ${what}` : what;
  });
  throw new UsageError(`These messages cannot be appended: ${problems.join('; ')}.`);
}

function argument(text: string): string {
  if (isUtf8Argument(text)) return text;
  throw new UsageError(
    'The text contains U+FFFD, which stands for bytes that are not UTF-8. If that is intended, use --file.',
  );
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
}

function decode(file: string, bytes: Buffer): string {
  if (bytes.length > MAX_FILE_BYTES) {
    throw new UsageError(
      `That is ${bytes.length} bytes; one append takes at most ${appendBounds.maxBytes} of messages.`,
    );
  }
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text;
  throw new UsageError(`${file === '-' ? 'The standard input' : file} is not UTF-8 text.`);
}

function parseLines(text: string): unknown[] {
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      const reading = readJson(line);
      if (reading.kind === 'exact') return reading.value;
      if (reading.kind === 'malformed') {
        throw new UsageError(`Line ${number} is not JSON (${reading.reason}).`);
      }
      const problems = reading.problems.map(({ field, message }) =>
        field ? `${field}: ${message}` : message,
      );
      throw new UsageError(`Line ${number} cannot be stored unaltered: ${problems.join('; ')}.`);
    });
}
