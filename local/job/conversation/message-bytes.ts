import { appendBounds, type NewMessage } from '../../../lib/session/index.ts';

/** For the id and the time that a message has once it is stored, and for what surrounds it in a list. */
const ADDED_BYTES = 128;

/** What one message of a conversation may take. */
export const MAX_MESSAGE_BYTES = appendBounds.maxBytes - ADDED_BYTES;

/** Of the message as UTF-8 JSON, without what is added when it is stored. */
export function messageBytes({ role, content, at, metadata }: NewMessage): number {
  return Buffer.byteLength(JSON.stringify({ role, content, at, metadata }));
}

/** Whether the messages may go in one append. */
export function fitOneAppend(messages: readonly NewMessage[]): boolean {
  const bytes = messages.reduce((sum, message) => sum + messageBytes(message) + ADDED_BYTES, 0);
  return bytes <= appendBounds.maxBytes && messages.length <= appendBounds.maxMessages;
}
