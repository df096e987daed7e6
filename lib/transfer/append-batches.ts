import { createHash } from 'node:crypto';
import { appendBounds } from '../session/index.ts';
import type { ImportedMessage } from './history.ts';

/** The messages of one append, with the key by which a repeat of it is known. */
export interface AppendBatch {
  readonly messages: readonly ImportedMessage[];
  readonly idempotencyKey: string;
}

/** The time that a message without one is given takes no more. */
const TIME = '2000-01-01T00:00:00.000Z';

/** What a message takes of an append, in bytes of JSON, the comma included. */
export function storedBytes(message: ImportedMessage): number {
  return Buffer.byteLength(JSON.stringify({ ...message, at: message.at ?? TIME })) + 1;
}

/** What one message may take of an append alone: the list has two brackets, and no comma. */
export const MAX_STORED_BYTES = appendBounds.maxBytes - 1;

/**
 * The messages behind the first `stored` in the appends that they are sent in: as large as an append may be, and the same each
 * time for the same messages, so that two imports of them at once store each append once.
 */
export async function* appendBatches(
  messages: AsyncIterable<ImportedMessage>,
  stored: number,
): AsyncGenerator<AppendBatch> {
  let [batch, bytes, index]: [ImportedMessage[], number, number] = [[], 1, 0];
  const toSend = () => {
    const first = index - batch.length;
    const rest = batch.slice(Math.max(0, stored - first));
    return rest.length === 0 ? [] : [{ messages: rest, idempotencyKey: keyOf(rest, index - rest.length) }];
  };
  for await (const message of messages) {
    const size = storedBytes(message);
    if (
      batch.length === appendBounds.maxMessages ||
      (batch.length > 0 && bytes + size > appendBounds.maxBytes)
    ) {
      yield* toSend();
      [batch, bytes] = [[], 1];
    }
    batch.push(message);
    bytes += size;
    index += 1;
  }
  yield* toSend();
}

function keyOf(messages: readonly ImportedMessage[], index: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([index, messages]))
    .digest('hex');
  return `import-${hash.slice(0, 32)}`;
}
