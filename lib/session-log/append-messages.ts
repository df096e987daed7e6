import { createHash } from 'node:crypto';
import {
  type Amount,
  appendBounds,
  type Message,
  type NewMessage,
  type SessionKey,
} from '../session/index.ts';
import type { TakenPosition } from '../store/index.ts';
import { estimateMessageTokens } from '../tokens/index.ts';
import { AppendTooLargeError } from './errors.ts';
import type { LogContext } from './log-context.ts';
import { type AppendResult, putOnce } from './put-once.ts';
import { rememberAppend } from './remember-append.ts';

export interface AppendOptions {
  /** Appends of one session with the same key are one append, for 12 hours. */
  readonly idempotencyKey?: string;
  /** Awaited for each position that the append is given, before anything is written there. */
  readonly onPosition?: (taken: TakenPosition, added: Amount) => Promise<void>;
}

/**
 * Appends messages to a session, together and in order: two writes of known cost, or three for an append that a
 * frontend may repeat. Such an append is known again, for 12 hours, by `idempotencyKey`, or else by its messages'
 * ids when all of them have one.
 *
 * @param messages 1 to 100, and at most 256 KiB as JSON.
 * @throws SessionNotFoundError, AppendTooLargeError, AppendKeyReusedError: nothing was written.
 * @throws AppendContendedError, StoreUnavailableError: sending it again, with the same key or ids, is safe.
 */
export async function appendMessages(
  context: LogContext,
  key: SessionKey,
  messages: readonly NewMessage[],
  { idempotencyKey, onPosition }: AppendOptions = {},
): Promise<AppendResult> {
  const { store, clock, newId } = context;
  const appendedAtMs = clock.now();
  const stored = messages.map((message) => complete(message, newId, appendedAtMs));
  const bytes = Buffer.byteLength(JSON.stringify(stored));
  if (bytes > appendBounds.maxBytes) throw new AppendTooLargeError(bytes, appendBounds.maxBytes);
  const record = { kind: 'record', messages: stored, bytes, appendedAtMs } as const;

  const added = amountOf(stored);
  const next = async () => {
    const taken = await store.takePosition(key, added, appendedAtMs);
    await onPosition?.(taken, added);
    return taken.position;
  };
  const position = await next();
  const repeatKey = repeatKeyOf(messages, idempotencyKey);
  if (repeatKey === undefined) {
    return await putOnce(context, key, { ...record, appendId: newId(), position }, next);
  }
  const remembered = await rememberAppend(context, key, { key: repeatKey, position, messages, stored, next });
  const repeatable = {
    ...record,
    messages: withIds(stored, remembered.messageIds),
    appendId: repeatKey,
    position: remembered.position,
  };
  return await putOnce(context, key, repeatable, remembered.nextPosition);
}

function amountOf(messages: readonly Message[]): Amount {
  const tokens = messages.reduce((sum, message) => sum + estimateMessageTokens(message), 0);
  return { messages: messages.length, tokens };
}

function complete(message: NewMessage, newId: () => string, appendedAtMs: number): Message {
  return {
    ...message,
    id: message.id ?? newId(),
    at: message.at ?? new Date(appendedAtMs).toISOString(),
  };
}

/** A repeat of an append whose messages had no ids of their own gets the ids that were made the first time. */
function withIds(messages: readonly Message[], ids: readonly string[]): Message[] {
  return messages.map((message, index) => ({ ...message, id: ids[index] ?? message.id }));
}

function repeatKeyOf(messages: readonly NewMessage[], idempotencyKey?: string): string | undefined {
  if (idempotencyKey !== undefined) return `key:${idempotencyKey}`;
  const ids = messages.map(({ id }) => id);
  if (ids.includes(undefined)) return undefined;
  return `ids:${createHash('sha256').update(ids.join('\n')).digest('hex')}`;
}
