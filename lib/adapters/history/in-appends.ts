import type { NewMessage } from '../../client/index.ts';
// Past the index, which would bring the schemas and their library into the bundle.
import { appendBounds } from '../../session/append-bounds.ts';

/** What a message without an id, or a time, is given takes no more. */
const ID = '01JDZZZZZZZZZZZZZZZZZZZZZZ';
const TIME = '2000-01-01T00:00:00.000Z';

/**
 * Messages in as few appends as hold them, in order: 100 messages at most, and 256 KiB of JSON. One that is too large by
 * itself is an append of its own, which the API refuses.
 */
export function inAppends(messages: readonly NewMessage[]): NewMessage[][] {
  const appends: NewMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = storedBytes(message);
    const last = appends.at(-1);
    if (last && last.length < appendBounds.maxMessages && bytes + size <= appendBounds.maxBytes) {
      last.push(message);
      bytes += size;
    } else {
      appends.push([message]);
      // The list has two brackets, and one comma less.
      bytes = 1 + size;
    }
  }
  return appends;
}

/** What a message takes of an append, in bytes of JSON, the comma included. */
function storedBytes(message: NewMessage): number {
  const stored = { ...message, id: message.id ?? ID, at: message.at ?? TIME };
  return new TextEncoder().encode(JSON.stringify(stored)).byteLength + 1;
}
