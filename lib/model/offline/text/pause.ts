import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Lets everything else that waits for the event loop have its turn, heartbeats above all.
 *
 * @throws the signal's reason, once it has aborted.
 */
export async function pause(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await nextTurn();
  signal.throwIfAborted();
}
