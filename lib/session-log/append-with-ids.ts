import type { Message, NewMessage, SessionKey } from '../session/index.ts';
import type { AppendResult } from './append-result.ts';
import { claimMessages } from './claim-messages.ts';
import { AppendContendedError } from './errors.ts';
import { inSlices } from './in-slices.ts';
import type { LogContext } from './log-context.ts';
import { messageKeysOf, type SentMessage } from './message-keys.ts';
import { putAt } from './put-at.ts';
import { MAX_POSITIONS } from './put-once.ts';

export interface AppendWithIds {
  readonly messages: readonly NewMessage[];
  /** The same messages as they are to be stored. */
  readonly stored: readonly Message[];
  readonly appendedAtMs: number;
  /** Takes a position. */
  readonly next: () => Promise<number>;
}

/**
 * Stores those messages of an append that are not stored yet, as one record, in their order. Each message is known again
 * by its id, for 12 hours.
 *
 * A position belongs to one append. All runs of that append (repeats, at the same time or later) write there, and one
 * succeeds. An append that has a message in common with another closes the other's position, if nothing is written there
 * yet, before it takes the message over: so the message is written at one position, whoever is faster.
 *
 * @throws MessageIdReusedError when another message is stored under one of the ids; nothing is stored then.
 * @throws AppendContendedError after `MAX_POSITIONS` closed positions.
 */
export async function appendWithIds(
  context: LogContext,
  key: SessionKey,
  { messages, stored, appendedAtMs, next }: AppendWithIds,
): Promise<AppendResult> {
  const { appendId, sent } = messageKeysOf(messages, stored);
  const places = new Map<string, number | null>();
  const result = (position: number, duplicate: boolean): AppendResult => ({
    position,
    messageIds: stored.map(({ id }) => id),
    positions: stored.map(({ id }) => places.get(id) ?? null),
    duplicate,
  });
  const toStore = () => sent.filter((one) => !places.has(one.stored.id));

  let wanted: Parameters<typeof claimMessages>[3] = { position: await next(), closed: undefined };
  for (let attempt = 1; attempt <= MAX_POSITIONS; attempt += 1) {
    const claims = await claimMessages(context, key, toStore(), wanted);
    for (const [id, position] of claims.stored) places.set(id, position);
    const { position, isRepeat } = claims;
    if (isRepeat) for (const [id, at] of await findAll(context, key, toStore())) places.set(id, at);
    const fresh = toStore().map((one) => one.stored);
    if (fresh.length === 0) return result(Math.max(...knownIn(places)), true);
    const bytes = Buffer.byteLength(JSON.stringify(fresh));
    const record = { kind: 'record', appendId, position, messages: fresh, bytes, appendedAtMs } as const;
    const outcome = await putAt(context.store, key, record);
    if (outcome !== 'closed') {
      for (const { id } of fresh) places.set(id, position);
      return result(position, outcome === 'there');
    }
    wanted = { position: await next(), closed: position };
  }
  throw new AppendContendedError(MAX_POSITIONS);
}

/** Where the messages of an append are that is stored as a whole, as far as that is remembered. */
async function findAll(
  { store }: LogContext,
  key: SessionKey,
  sent: readonly SentMessage[],
): Promise<(readonly [id: string, position: number | null])[]> {
  return await inSlices(sent, async (message) => {
    const known = await store.readAppendKey(key, message.key.key);
    return [message.stored.id, known?.position ?? null] as const;
  });
}

function knownIn(places: ReadonlyMap<string, number | null>): number[] {
  return [...places.values()].filter((position) => position !== null);
}
