import {
  type Amount,
  appendBounds,
  type Message,
  type NewMessage,
  type SessionKey,
} from '../session/index.ts';
import type { TakenPosition } from '../store/index.ts';
import { estimateMessageTokens } from '../tokens/index.ts';
import type { AppendResult } from './append-result.ts';
import { appendWithIds } from './append-with-ids.ts';
import { AppendTooLargeError } from './errors.ts';
import type { LogContext } from './log-context.ts';
import { idsKeyOf } from './message-keys.ts';
import { putOnce } from './put-once.ts';
import { rememberAppend } from './remember-append.ts';

export interface AppendOptions {
  /** Appends of one session with the same key are one append, for 12 hours. */
  readonly idempotencyKey?: string;
  /** Awaited for each position that the append is given, before anything is written there. */
  readonly onPosition?: (taken: TakenPosition, added: Amount) => Promise<void>;
}

/**
 * Appends messages to a session, together and in order: two writes of known cost, and one more for an append with a key,
 * or for each message of one whose messages all have an id. Such an append may be repeated: within 12 hours, one with a
 * key is known again as a whole, and each message of the other by its id. What is stored already is not stored again.
 *
 * @param messages 1 to 100, and at most 256 KiB as JSON.
 * @throws SessionNotFoundError, AppendTooLargeError: nothing was written.
 * @throws AppendKeyReusedError, MessageIdReusedError: nothing was stored.
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

  const added = amountOf(stored);
  const next = async () => {
    const taken = await store.takePosition(key, added, appendedAtMs);
    await onPosition?.(taken, added);
    return taken.position;
  };
  const repeatKey = await repeatKeyOf(context, key, messages, idempotencyKey);
  if (repeatKey === undefined && messages.every(({ id }) => id !== undefined)) {
    return await appendWithIds(context, key, { messages, stored, appendedAtMs, next });
  }
  const position = await next();
  const record = { kind: 'record', messages: stored, bytes, appendedAtMs } as const;
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

/** The key of the whole append, if that is how it is known again. */
async function repeatKeyOf(
  { store, clock }: LogContext,
  key: SessionKey,
  messages: readonly NewMessage[],
  idempotencyKey: string | undefined,
): Promise<string | undefined> {
  if (idempotencyKey !== undefined) return `key:${idempotencyKey}`;
  const ids = messages.flatMap(({ id }) => id ?? []);
  if (ids.length < messages.length || ids.length === 1) return undefined;
  // What the last release appended with ids is remembered as a whole, for 12 hours from then.
  const known = await store.readAppendKey(key, idsKeyOf(ids));
  return known && known.expiresAtMs > clock.now() ? known.key : undefined;
}
