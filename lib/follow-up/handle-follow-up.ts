import { type Delivery, isLastFailure, parseBody } from '../queue/index.ts';
import { followUpArchive } from './follow-up-archive.ts';
import type { FollowUpContext } from './follow-up-context.ts';
import { type FollowUpMessage, followUpMessageSchema } from './follow-up-message.ts';

/**
 * Handles one delivery from the follow-up queue, and records on the commit what went wrong, if something did.
 *
 * @param maxReceiveCount after this many deliveries the queue moves the message to its dead-letter queue.
 * @throws whatever `followUpArchive` throws, for the queue to give the message back; InvalidMessageError.
 */
export async function handleFollowUp(
  context: FollowUpContext,
  delivery: Delivery,
  { maxReceiveCount, signal }: { readonly maxReceiveCount: number; readonly signal: AbortSignal },
): Promise<void> {
  const message = parseBody(followUpMessageSchema, delivery.body);
  try {
    await followUpArchive(context, message, signal);
  } catch (error) {
    const isLast = isLastFailure(error, delivery, maxReceiveCount);
    await recordFailure(context, message, delivery.receiveCount, isLast, error);
    throw error;
  }
}

async function recordFailure(
  { store, lease: { clock } }: FollowUpContext,
  message: FollowUpMessage,
  attempt: number,
  isLast: boolean,
  error: unknown,
): Promise<void> {
  const { commitId, archive } = message;
  const atMs = clock.now();
  const detail = `attempt ${attempt}: ${error instanceof Error ? error.message : String(error)}`;
  if (!isLast) {
    await store.addToTimeline(message, commitId, { atMs, event: 'follow-up-failed', detail });
    return;
  }
  await store.setFollowUpState(message, archive, 'dead-lettered');
  await store.changeCommit(message, commitId, {
    to: 'dead-lettered',
    from: ['queued', 'committing', 'archived'],
    archive,
    entry: { atMs, event: 'dead-lettered', detail },
  });
}
