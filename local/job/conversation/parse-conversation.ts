import {
  describeIssue,
  excerptOf,
  isObject,
  type LineMessage,
  readLine,
  readObject,
} from '../../../lib/message-lines/index.ts';
import { type NewMessage, newMessageSchema } from '../../../lib/session/index.ts';
import { MAX_MESSAGE_BYTES, messageBytes } from './message-bytes.ts';

/** What a conversation file holds: its messages, or all that is wrong with it. */
export interface ParsedConversation {
  readonly messages: readonly NewMessage[];
  /** Each with its line number, field, and what was expected. */
  readonly problems: readonly string[];
}

/**
 * Reads messages from JSON lines: one message a line, or a conversation, `{"messages": […]}`. Blank lines hold none.
 * Messages may have the form that is stored, that of OpenAI's chat completions or that of Anthropic's messages. Every
 * field other than those of the form is kept, as it came, in the message's metadata; an `at` that is an ISO 8601 time is
 * the message's time as well.
 */
export function parseConversation(text: string): ParsedConversation {
  const messages: NewMessage[] = [];
  const problems: string[] = [];
  const toolNames = new Map<string, string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parseLine(line, toolNames);
    messages.push(...parsed.messages);
    problems.push(...parsed.problems.map((problem) => `line ${index + 1}: ${problem}`));
  }
  if (messages.length === 0 && problems.length === 0) problems.push('it holds no message');
  return { messages, problems };
}

function parseLine(line: string, toolNames: Map<string, string>): ParsedConversation {
  const reading = readObject(line);
  if (reading.kind === 'problems') return refused(...reading.problems);
  const parsed = readLine(reading.value, toolNames).map(parseMessage);
  return {
    messages: parsed.flatMap(({ messages }) => messages),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

function parseMessage({ at, candidate }: LineMessage): ParsedConversation {
  if (!isObject(candidate)) return refused(`${at}must be a JSON object, not ${excerptOf(candidate)}`);
  const { data, error } = newMessageSchema.safeParse(candidate);
  const problems = error
    ? error.issues.map(({ path, message }) => describeIssue(candidate, path, message))
    : tooLarge(data);
  return problems.length > 0
    ? refused(...problems.map((problem) => `${at}${problem}`))
    : { messages: data ? [data] : [], problems };
}

function refused(...problems: readonly string[]): ParsedConversation {
  return { messages: [], problems };
}

function tooLarge(message: NewMessage): string[] {
  const bytes = messageBytes(message);
  if (bytes <= MAX_MESSAGE_BYTES) return [];
  return [
    `the message takes ${bytes} bytes as JSON; it may take ${MAX_MESSAGE_BYTES} (256 KiB, less its id and time)`,
  ];
}
