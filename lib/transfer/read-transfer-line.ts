import { z } from 'zod';
import { memoryCategorySchema } from '../memory/index.ts';
import {
  describeIssue,
  excerptOf,
  isObject,
  type LineMessage,
  readLine,
  readObject,
} from '../message-lines/index.ts';
import {
  appendBounds,
  autoCommitPolicySchema,
  type NewMessage,
  nameSchema,
  newMessageSchema,
  titleSchema,
} from '../session/index.ts';
import { MAX_STORED_BYTES, storedBytes } from './append-batches.ts';
import type { HistorySettings } from './history.ts';

/** What one line holds: messages, what a session is created with, both, or a memory; or all that is wrong with it. */
export interface TransferLine {
  /** Of which session; that of the file unless it says so. */
  readonly session?: string;
  readonly settings: Partial<HistorySettings>;
  readonly messages: readonly NewMessage[];
  /** Memories are found again by commits, and not imported. */
  readonly isMemory: boolean;
  readonly problems: readonly string[];
}

const placeFields = {
  session: nameSchema.optional(),
  scope: nameSchema.optional(),
  title: titleSchema.optional(),
};
const placeSchema = z.object(placeFields);
const sessionLineSchema = z.strictObject({
  ...placeFields,
  kind: z.literal('session'),
  memoryCategories: z.array(memoryCategorySchema).optional(),
  autoCommit: autoCommitPolicySchema.optional(),
});

/** The id that a message without one has while its size is measured. */
const NO_ID = `import-${'0'.repeat(32)}`;

/**
 * Reads a line of an export, or one of another program: a message, or a conversation, `{"messages": […]}`, in the form that is
 * stored, that of OpenAI's chat completions or that of Anthropic's messages. Lines of an export say what they are (`kind`),
 * and are taken as they are.
 *
 * @param toolNames of the calls of the session so far, by id; those of this line are added.
 */
export function readTransferLine(
  text: string,
  toolNamesOf: (session: string | undefined) => Map<string, string>,
): TransferLine {
  const reading = readObject(text);
  if (reading.kind === 'problems') return refused(reading.problems);
  const { kind } = reading.value;
  if (kind === 'memory') return { ...nothing, isMemory: true };
  if (kind === 'session') return readSession(reading.value);
  const { kind: _, session, scope, title, ...line } = reading.value;
  const place = placeSchema.safeParse(present({ session, scope, title }));
  if (!place.success)
    return refused(
      place.error.issues.map(({ path, message }) => describeIssue(reading.value, path, message)),
    );
  if (kind !== undefined && kind !== 'message')
    return refused([`kind must be message, session or memory; it is ${excerptOf(kind)}`]);
  const found =
    kind === 'message'
      ? [{ at: '', candidate: line }]
      : readLine(line, toolNamesOf(place.data.session), 'own');
  const parsed = found.map(parseMessage);
  const { session: whose, ...settings } = place.data;
  return {
    ...nothing,
    ...(whose !== undefined && { session: whose }),
    settings: present(settings),
    messages: parsed.flatMap(({ messages }) => messages),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

const nothing: TransferLine = { settings: {}, messages: [], isMemory: false, problems: [] };

function refused(problems: readonly string[]): TransferLine {
  return { ...nothing, problems };
}

function readSession(line: object): TransferLine {
  const { data, error } = sessionLineSchema.safeParse(line);
  if (!data) return refused(error.issues.map(({ path, message }) => describeIssue(line, path, message)));
  const { kind: _, session, ...settings } = data;
  return { ...nothing, ...(session !== undefined && { session }), settings: present(settings) };
}

function parseMessage({ at, candidate }: LineMessage): Pick<TransferLine, 'messages' | 'problems'> {
  if (!isObject(candidate))
    return { messages: [], problems: [`${at}must be a JSON object, not ${excerptOf(candidate)}`] };
  const { data, error } = newMessageSchema.safeParse(candidate);
  if (error) {
    const problems = error.issues.map(({ path, message }) => `${at}${describe(candidate, path, message)}`);
    return { messages: [], problems };
  }
  const bytes = storedBytes({ ...data, id: data.id ?? NO_ID });
  if (bytes <= MAX_STORED_BYTES) return { messages: [data], problems: [] };
  return {
    messages: [],
    problems: [
      `${at}the message takes ${bytes} bytes as JSON; an append takes ${appendBounds.maxBytes} (256 KiB)`,
    ],
  };
}

/** An issue of the whole message names its fields itself. */
function describe(candidate: object, path: readonly PropertyKey[], message: string): string {
  return path.length === 0 ? message : describeIssue(candidate, path, message);
}

type Present<T> = { [Field in keyof T]: Exclude<T[Field], undefined> };

function present<T extends object>(fields: T): Partial<Present<T>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Present<T>
  >;
}
