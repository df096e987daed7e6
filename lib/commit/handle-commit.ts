import { LeaseUnavailableError } from '../lease/index.ts';
import { DeadLetterError, type Delivery, parseBody } from '../queue/index.ts';
import { retention } from '../session/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import type { CommitContext } from './commit-context.ts';
import { type CommitMessage, commitMessageSchema } from './commit-message.ts';
import { type CommitOutcome, commitSession } from './commit-session.ts';

/**
 * Handles one delivery from the commit queue, and keeps the commit's status true when it fails.
 *
 * @param maxReceiveCount after this many deliveries the queue moves the message to its dead-letter queue.
 * @throws whatever `commitSession` throws, for the queue to give the message back; DeadLetterError and
 * InvalidMessageError for a message that belongs on the dead-letter queue at once.
 */
export async function handleCommit(
  context: CommitContext,
  delivery: Delivery,
  { maxReceiveCount, signal }: { readonly maxReceiveCount: number; readonly signal: AbortSignal },
): Promise<void> {
  const message = parseBody(commitMessageSchema, delivery.body);
  const { tenant, session, commitId } = message;
  const { clock } = context.lease;
  const startedAtMs = clock.now();
  const outcome = await runOrResolve(context, message, delivery.receiveCount >= maxReceiveCount, signal);
  const durationMs = clock.now() - startedAtMs;
  context.onEvent({
    type: 'commit.ended',
    tenant,
    session,
    commitId,
    outcome: outcome.state,
    durationMs,
  });
}

async function runOrResolve(
  context: CommitContext,
  message: CommitMessage,
  isLastDelivery: boolean,
  signal: AbortSignal,
): Promise<Pick<CommitOutcome, 'state'>> {
  const { onExhausted } = context.limits.lease;
  try {
    return await commitSession(context, message, signal);
  } catch (error) {
    if (error instanceof SessionNotFoundError) return { state: 'cancelled' };
    const isBusy = error instanceof LeaseUnavailableError;
    if (isBusy && onExhausted === 'skip') {
      await endWithout(context, message, 'skipped', error);
      return { state: 'skipped' };
    }
    if (isBusy && onExhausted === 'dead-letter') {
      await endWithout(context, message, 'dead-lettered', error);
      throw new DeadLetterError({ code: error.code, message: error.message }, { cause: error });
    }
    if (isLastDelivery) await endWithout(context, message, 'dead-lettered', error);
    throw error;
  }
}

/** Records how a commit ended that has no archive; its reason is for people. */
async function endWithout(
  { store, lease: { clock } }: CommitContext,
  message: CommitMessage,
  state: 'skipped' | 'dead-lettered',
  reason: unknown,
): Promise<void> {
  const detail = reason instanceof Error ? reason.message : String(reason);
  await store.changeCommit(
    message,
    message.commitId,
    {
      to: state,
      from: ['queued', 'committing'],
      onlyBeforeArchive: true,
      entry: { atMs: clock.now(), event: state, detail },
    },
    { ...message, expiresAtMs: clock.now() + retention.commitStatusMs },
  );
}
