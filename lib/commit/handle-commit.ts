import { LeaseUnavailableError } from '../lease/index.ts';
import {
  type AttemptBounds,
  DeadLetterError,
  type Delivery,
  idsIn,
  isLastFailure,
  parseBody,
} from '../queue/index.ts';
import { type CommitState, retention } from '../session/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import type { CommitContext } from './commit-context.ts';
import { type CommitMessage, commitMessageSchema } from './commit-message.ts';
import { type CommitOutcome, commitSession } from './commit-session.ts';

/**
 * Handles one delivery from the commit queue, and keeps the commit's status true when it fails.
 *
 * @throws whatever `commitSession` throws, for the queue to give the message back; DeadLetterError and
 * InvalidMessageError for a message that belongs on the dead-letter queue at once.
 */
export async function handleCommit(
  context: CommitContext,
  delivery: Delivery,
  { maxReceiveCount, signal, endsByMs }: AttemptBounds,
): Promise<void> {
  const message = await parseOrEnd(context, delivery.body);
  const { tenant, session, commitId } = message;
  const { clock } = context.lease;
  const startedAtMs = clock.now();
  if (delivery.receiveCount >= maxReceiveCount && endsByMs !== undefined) {
    await context.store.noteLastAttempt(message, commitId, endsByMs);
  }
  const outcome = await runOrResolve(context, message, signal, (error) =>
    isLastFailure(error, delivery, maxReceiveCount),
  );
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

/** A body that cannot be understood never will be: the commit that it asks for, if it says which, ends here. */
async function parseOrEnd(context: CommitContext, body: string): Promise<CommitMessage> {
  try {
    return parseBody(commitMessageSchema, body);
  } catch (error) {
    const { tenant, session, commitId } = idsIn(body);
    if (tenant !== undefined && session !== undefined && commitId !== undefined) {
      await endWithout(context, { tenant, session, commitId }, 'dead-lettered', error, unended);
    }
    throw error;
  }
}

async function runOrResolve(
  context: CommitContext,
  message: CommitMessage,
  signal: AbortSignal,
  isLast: (error: unknown) => boolean,
): Promise<Pick<CommitOutcome, 'state'>> {
  const { onExhausted } = context.limits.lease;
  try {
    return await commitSession(context, message, signal);
  } catch (error) {
    if (error instanceof SessionNotFoundError) return { state: 'cancelled' };
    const isBusy = error instanceof LeaseUnavailableError;
    // One that has begun may have sealed: it must be finished, and only retrying it is sure to.
    if (
      isBusy &&
      onExhausted === 'skip' &&
      (await endWithout(context, message, 'skipped', error, ['queued'], createdBy(context, message)))
    ) {
      return { state: 'skipped' };
    }
    const failure =
      isBusy && onExhausted === 'dead-letter'
        ? new DeadLetterError({ code: error.code, message: error.message }, { cause: error })
        : error;
    if (isLast(failure))
      await endWithout(context, message, 'dead-lettered', failure, unended, createdBy(context, message));
    throw failure;
  }
}

const unended: readonly CommitState[] = ['queued', 'committing'];

/** Its request came past the API, or its status has expired. */
function createdBy({ lease: { clock } }: CommitContext, { keepRecent, requestedAtMs }: CommitMessage) {
  return { keepRecent, requestedAtMs, expiresAtMs: clock.now() + retention.commitStatusMs };
}

/** Records how a commit ended that has no archive, if it is in one of the states; returns whether it did so. */
async function endWithout(
  { store, lease: { clock } }: CommitContext,
  { tenant, session, commitId }: Pick<CommitMessage, 'tenant' | 'session' | 'commitId'>,
  state: 'skipped' | 'dead-lettered',
  reason: unknown,
  from: readonly CommitState[],
  created?: ReturnType<typeof createdBy>,
): Promise<boolean> {
  const detail = reason instanceof Error ? reason.message : String(reason);
  return store.changeCommit(
    { tenant, session },
    commitId,
    {
      to: state,
      from,
      onlyBeforeArchive: true,
      entry: { atMs: clock.now(), event: state, detail },
    },
    created,
  );
}
