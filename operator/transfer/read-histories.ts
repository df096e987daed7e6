import { stat } from 'node:fs/promises';
import { parse } from 'node:path';
import { nameSchema } from '../../lib/session/index.ts';
import {
  type History,
  type HistorySettings,
  type ImportedMessage,
  readTransferLine,
  type TransferLine,
  withId,
} from '../../lib/transfer/index.ts';
import type { Work } from '../target/index.ts';
import { FileChangedError, InvalidImportError } from './errors.ts';
import { type Line, linesOf, MAX_LINE_BYTES } from './lines-of.ts';

/** What files hold. */
export interface Histories {
  readonly histories: readonly History[];
  readonly messages: number;
  /** Lines with memories, which are not imported. */
  readonly memories: number;
}

/** What was read of a session so far. */
interface Draft {
  readonly session: string;
  readonly file: string;
  settings: Partial<HistorySettings>;
  count: number;
  readonly firstLine: number;
  /** The lines of the session, in bytes: one range for lines that follow one another. */
  readonly ranges: { readonly from: number; to: number }[];
}

interface Reading {
  readonly drafts: Map<string, Draft>;
  readonly problems: string[];
  memories: number;
}

interface Defaults {
  readonly tenant: string;
  /** Of sessions that do not say whose they are. */
  readonly scope?: string | undefined;
}

/**
 * Checks every line of the files, and finds the sessions in them. Messages stay in the files, which are read again when they
 * are needed; of a session it takes about a kilobyte of memory.
 *
 * @throws InvalidImportError with all that is wrong; the signal's reason.
 */
export async function readHistories(
  files: readonly string[],
  { tenant, scope }: Defaults,
  { signal, report }: Work,
): Promise<Histories> {
  const reading: Reading = { drafts: new Map(), problems: [], memories: 0 };
  const versions = new Map<string, string>();
  for (const file of files) {
    versions.set(file, await versionOf(file));
    await readFile(reading, file, { signal, report });
  }
  const { drafts, problems, memories } = reading;
  const histories = [...drafts.values()].flatMap((draft) => {
    const whose = draft.settings.scope ?? scope;
    if (whose === undefined) {
      const what = `session '${draft.session}' has no scope, whose memories it feeds: give it one there, or all of them with --scope`;
      problems.push(`${draft.file}, line ${draft.firstLine}: ${what}`);
      return [];
    }
    return [historyOf(draft, { tenant, scope: whose }, versions.get(draft.file) ?? '')];
  });
  if (problems.length === 0 && histories.length === 0)
    problems.push(`${files.join(', ')}: there is no session in it`);
  if (problems.length > 0) throw new InvalidImportError(problems);
  return { histories, memories, messages: histories.reduce((sum, { count }) => sum + count, 0) };
}

async function readFile(reading: Reading, file: string, { signal, report }: Work): Promise<void> {
  const { name } = parse(file);
  const toolNames = new Map<string, Map<string, string>>();
  const toolNamesOf = (session = name) => {
    const known = toolNames.get(session) ?? new Map<string, string>();
    toolNames.set(session, known);
    return known;
  };
  let before: Draft | undefined;
  for await (const line of openedLines(file)) {
    signal.throwIfAborted();
    if (line.number % 1_000 === 0) report?.({ text: `${file} is checked: line ${line.number}` });
    if (line.text?.trim() === '') continue;
    const parsed = parseLine(line, toolNamesOf);
    const problems = [...parsed.problems];
    if (parsed.isMemory) reading.memories += 1;
    else if (problems.length === 0) {
      const { session = name } = parsed;
      const draft = reading.drafts.get(session) ?? newDraft(file, session, line);
      problems.push(...add(draft, file, parsed));
      if (draft === before) extend(draft, line);
      else draft.ranges.push({ from: line.from, to: line.to });
      reading.drafts.set(session, draft);
      before = draft;
    }
    reading.problems.push(...problems.map((problem) => `${file}, line ${line.number}: ${problem}`));
  }
}

async function* openedLines(file: string): AsyncGenerator<Line> {
  try {
    yield* linesOf(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new InvalidImportError([`${file} cannot be read (${code})`], { cause });
  }
}

function parseLine(
  { text }: Line,
  toolNamesOf: (session: string | undefined) => Map<string, string>,
): TransferLine {
  if (text !== undefined) return readTransferLine(text, toolNamesOf);
  const problem = `it is not UTF-8 text, or has more than ${MAX_LINE_BYTES} bytes`;
  return { settings: {}, messages: [], isMemory: false, problems: [problem] };
}

function newDraft(file: string, session: string, { number }: Line): Draft {
  return { session, file, settings: {}, count: 0, firstLine: number, ranges: [] };
}

/** @returns what is wrong with it. */
function add(draft: Draft, file: string, { session, settings, messages }: TransferLine): string[] {
  const problems: string[] = [];
  if (session === undefined && draft.count === 0 && !nameSchema.safeParse(draft.session).success)
    problems.push(`it names no session, and the file's name cannot be one: a session's id has ${ID_WORDS}`);
  if (draft.file !== file)
    problems.push(
      `session '${draft.session}' is in ${draft.file}, too: put all of its messages into one file, in order`,
    );
  const { scope, title } = { ...settings, ...draft.settings };
  if ((settings.scope ?? scope) !== scope || (settings.title ?? title) !== title)
    problems.push(`session '${draft.session}' has another scope or title in an earlier line`);
  draft.settings = { ...settings, ...draft.settings };
  draft.count += messages.length;
  return problems;
}

const ID_WORDS =
  "1 to 128 characters out of A-Z a-z 0-9 . _ : @ + | -. Give each line a 'session', or rename the file";

function extend({ ranges }: Draft, { to }: Line): void {
  const last = ranges.at(-1);
  if (last) last.to = to;
}

function historyOf(
  { session, file, settings, count, ranges }: Draft,
  { tenant, scope }: Required<Defaults> & { readonly scope: string },
  version: string,
): History {
  return {
    key: { tenant, session },
    settings: { ...settings, scope },
    count,
    async *messages(): AsyncGenerator<ImportedMessage> {
      const toolNames = new Map<string, string>();
      let index = 0;
      if ((await versionOf(file)) !== version) throw new FileChangedError(file);
      for (const range of ranges) {
        for await (const { text = '' } of linesOf(file, range)) {
          if (text.trim() === '') continue;
          for (const message of readTransferLine(text, () => toolNames).messages) {
            yield withId(message, session, index);
            index += 1;
          }
        }
      }
    },
  };
}

async function versionOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size} ${mtimeMs}`;
  } catch {
    return 'gone';
  }
}
