import { createHash } from 'node:crypto';
import type { AppendKey, Message, NewMessage } from '../session/index.ts';
import { MessageIdReusedError } from './errors.ts';

/** What is remembered of a message, but for where it is, and until when. */
export type MessageKey = Omit<AppendKey, 'position' | 'expiresAtMs'>;

/** A message of an append whose messages all have ids. */
export interface SentMessage {
  readonly key: MessageKey;
  /** As it is to be stored. */
  readonly stored: Message;
}

/**
 * The messages of an append with what is to be remembered of each, and the append's own id. A message that is there
 * twice is taken once. The key of a message is that of an append of this message alone.
 *
 * @param stored the same messages as they are to be stored.
 * @throws MessageIdReusedError when two different messages have the same id.
 */
export function messageKeysOf(
  messages: readonly NewMessage[],
  stored: readonly Message[],
): { readonly appendId: string; readonly sent: readonly SentMessage[] } {
  const byId = new Map<string, SentMessage & { readonly message: NewMessage }>();
  for (const [index, whole] of stored.entries()) {
    const { id } = whole;
    const message = messages[index] ?? whole;
    const key = { key: idsKeyOf([id]), sha256: sha256Of(JSON.stringify([message])), messageIds: [id] };
    if ((byId.get(id)?.key.sha256 ?? key.sha256) !== key.sha256) throw new MessageIdReusedError(id);
    if (!byId.has(id)) byId.set(id, { key, stored: whole, message });
  }
  const sent = [...byId.values()];
  const [first] = sent;
  if (sent.length === 1 && first) return { appendId: first.key.key, sent };
  const appendId = `ids:${sha256Of(JSON.stringify(sent.map(({ message }) => message)))}`;
  return { appendId, sent: sent.map(({ key, ...one }) => ({ ...one, key: { ...key, appendId } })) };
}

/** The key under which messages with these ids are remembered. */
export function idsKeyOf(ids: readonly string[]): string {
  return `ids:${sha256Of(ids.join('\n'))}`;
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
