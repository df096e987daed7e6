import type { AttemptBounds, CommitMessage, Delivery } from '../queue/index.ts';
import { lastAttempt } from '../session/index.ts';
import { markRetrying } from '../store/index.ts';
import type { CommitContext } from './commit-context.ts';

/**
 * Notes on a commit what only this delivery knows, before any work: that it is tried again after a replay, and until
 * when the worker of a last delivery can live. Nothing for others.
 *
 * @throws StoreUnavailableError
 */
export async function beginDelivery(
  { store, lease: { clock } }: CommitContext,
  message: CommitMessage,
  delivery: Delivery,
  { maxReceiveCount, endsByMs }: AttemptBounds,
): Promise<void> {
  if (delivery.replay !== undefined) {
    await markRetrying(store, message, 'commit', { nowMs: clock.now(), detail: delivery.replay });
  }
  if (delivery.receiveCount >= maxReceiveCount && endsByMs !== undefined) {
    await store.noteLastAttempt(message, message.commitId, lastAttempt('commit', endsByMs));
  }
}
