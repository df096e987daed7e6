import { readJson } from '../../../lib/json/index.ts';
import { type NewMessage, newMessageSchema } from '../../../lib/session/index.ts';
import { abridged } from '../../../lib/text/index.ts';
import { MAX_MESSAGE_BYTES, messageBytes } from './message-bytes.ts';

/** What a conversation file holds: its messages, or all that is wrong with it. */
export interface ParsedConversation {
  readonly messages: readonly NewMessage[];
  /** Each with its line number, field, and what was expected. */
  readonly problems: readonly string[];
}

/**
 * Reads messages from JSON lines. Blank lines hold none. Every field other than `role` and `content` is kept, as it
 * came, in the message's metadata; an `at` that is an ISO 8601 time is the message's time as well.
 */
export function parseConversation(text: string): ParsedConversation {
  const messages: NewMessage[] = [];
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parseLine(line);
    if (Array.isArray(parsed)) problems.push(...parsed.map((problem) => `line ${index + 1}: ${problem}`));
    else messages.push(parsed);
  }
  if (messages.length === 0 && problems.length === 0) problems.push('it holds no message');
  return { messages, problems };
}

/** The line's message, or what is wrong with it. */
function parseLine(line: string): NewMessage | string[] {
  const reading = readJson(line);
  if (reading.kind === 'malformed') return [`not JSON (${reading.reason})`];
  if (reading.kind === 'inexact') {
    return reading.problems.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  }
  const { value } = reading;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`must be a JSON object, not ${excerpt(value)}`];
  }
  const candidate = toMessage({ ...value });
  const { data, error } = newMessageSchema.safeParse(candidate);
  if (error) return error.issues.map(({ path, message }) => describeIssue(candidate, path, message));
  return tooLarge(data) ?? data;
}

function toMessage({ role, content, ...metadata }: Record<string, unknown>): Record<string, unknown> {
  const at = newMessageSchema.shape.at.safeParse(metadata['at']);
  return {
    role,
    content,
    ...(typeof at.data === 'string' && { at: at.data }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
}

function describeIssue(candidate: unknown, path: readonly PropertyKey[], message: string): string {
  const field = path
    .map(String)
    .join('.')
    .replace(/^metadata\./, '');
  const value = path.reduce<unknown>(
    (parent, key) => (typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined),
    candidate,
  );
  return value === undefined ? `${field} is missing` : `${field}: ${message}; it is ${excerpt(value)}`;
}

function tooLarge(message: NewMessage): string[] | undefined {
  const bytes = messageBytes(message);
  if (bytes <= MAX_MESSAGE_BYTES) return undefined;
  return [
    `the message takes ${bytes} bytes as JSON; it may take ${MAX_MESSAGE_BYTES} (256 KiB, less its id and time)`,
  ];
}

const EXCERPT_CHARACTERS = 60;

function excerpt(value: unknown): string {
  return abridged(JSON.stringify(value) ?? String(value), EXCERPT_CHARACTERS);
}
