import { setImmediate as nextTurn } from 'node:timers/promises';

const BATCH_SIZE = 20;

/**
 * Sentences in batches, of which the last may be empty. Before each, everything else that waits for the event loop has
 * its turn, heartbeats above all.
 *
 * @throws the signal's reason, once it has aborted.
 */
export async function* inBatches(
  sentences: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  for (let from = 0; from <= sentences.length; from += BATCH_SIZE) {
    signal.throwIfAborted();
    await nextTurn();
    signal.throwIfAborted();
    yield sentences.slice(from, from + BATCH_SIZE);
  }
}
