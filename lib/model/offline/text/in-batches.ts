import { setImmediate as nextTurn } from 'node:timers/promises';

const BATCH_SIZE = 20;

/**
 * Sentences in batches. Before each, everything else that waits for the event loop has its turn, heartbeats above all.
 *
 * @throws the signal's reason, once it has aborted.
 */
export async function* inBatches(all: readonly string[], signal: AbortSignal): AsyncGenerator<string[]> {
  for (let from = 0; from < all.length; from += BATCH_SIZE) {
    await nextTurn();
    signal.throwIfAborted();
    yield all.slice(from, from + BATCH_SIZE);
  }
}
