import { isToolCallPart, isToolResultPart } from '../messages/index.ts';
import type { LogRecord, Message } from '../session/index.ts';

type Said = Pick<Message, 'role' | 'content'>;

export interface BoundaryOptions {
  /** The records before the boundary, oldest first, back to where the turn began. */
  readonly before: readonly LogRecord[];
  /** The records behind it. */
  readonly behind: readonly LogRecord[];
  /** Whether a call that nothing has answered yet stays behind the boundary, with what its turn still brings. */
  readonly keepsOpenCalls: boolean;
}

/**
 * The last position up to which a commit can take records without coming between a call of a tool and its result.
 *
 * @returns undefined when there is none among the records: the turn is longer than them, and has to be cut.
 */
export function wholeBoundary({ before, behind, keepsOpenCalls }: BoundaryOptions): number | undefined {
  const open = keepsOpenCalls && behind.length === 0 ? openCalls(before) : new Set<string>();
  for (let count = before.length; count > 0; count -= 1) {
    const taken = before.slice(0, count);
    const kept = [...before.slice(count), ...behind];
    const answered = idsOf(kept, isToolResultPart);
    const isWhole = !idsOf(taken, isToolCallPart).some((id) => open.has(id) || answered.includes(id));
    if (isWhole) return taken.at(-1)?.position;
  }
  return undefined;
}

/** Whether there are results among the records whose calls are not. */
export function hasHalves(records: readonly LogRecord[]): boolean {
  const calls = idsOf(records, isToolCallPart);
  return idsOf(records, isToolResultPart).some((id) => !calls.includes(id));
}

/** Whether the turn of an agent may go on behind these messages: its last word is a call or a result. */
export function isInsideTurn(messages: readonly Said[]): boolean {
  const last = messages.at(-1);
  return last !== undefined && !endsTurn(last) && (last.role === 'tool' || hasCallsOrResults(last));
}

/** Whether somebody speaks who ends an agent's turn. */
export function endsTurn({ role, content }: Said): boolean {
  if (role !== 'user' && role !== 'system') return false;
  return typeof content === 'string' || content.some((part) => !isToolResultPart(part));
}

/** The calls of the last step, if none but results follow, that have no result. */
function openCalls(records: readonly LogRecord[]): ReadonlySet<string> {
  const messages = records.flatMap((record) => record.messages);
  const lastCalls = messages.findLastIndex((message) => message.role === 'assistant' || endsTurn(message));
  const calls = messages.slice(0, lastCalls + 1);
  const stepStart = calls.findLastIndex(({ role }) => role !== 'assistant') + 1;
  const answered = idsOf(records, isToolResultPart);
  const step = calls.slice(stepStart).flatMap((message) => partsIn(message).filter(isToolCallPart));
  return new Set(step.map(({ toolCallId }) => toolCallId).filter((id) => !answered.includes(id)));
}

function hasCallsOrResults(message: Said): boolean {
  return partsIn(message).some((part) => isToolCallPart(part) || isToolResultPart(part));
}

function idsOf(
  records: readonly LogRecord[],
  isOne: typeof isToolCallPart | typeof isToolResultPart,
): readonly string[] {
  return records.flatMap(({ messages }) =>
    messages.flatMap((message) => partsIn(message).flatMap((part) => (isOne(part) ? [part.toolCallId] : []))),
  );
}

function partsIn({ content }: Said) {
  return typeof content === 'string' ? [] : content;
}
