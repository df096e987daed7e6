import { LeaseUnavailableError } from '../lease/index.ts';
import {
  type AttemptBounds,
  DeadLetterError,
  type Delivery,
  idsIn,
  isLastFailure,
  parseBody,
  reasonText,
} from '../queue/index.ts';
import { type CommitTransitionName, MAX_DETAIL_LENGTH, retention } from '../session/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import { beginDelivery } from './begin-delivery.ts';
import type { CommitContext } from './commit-context.ts';
import { type CommitMessage, commitMessageSchema } from './commit-message.ts';
import type { CommitOutcome } from './commit-outcome.ts';
import { commitSession } from './commit-session.ts';

/**
 * Handles one delivery from the commit queue, and keeps the commit's status true when it fails.
 *
 * @throws whatever `commitSession` throws, for the queue to give the message back; DeadLetterError and
 * InvalidMessageError for a message that belongs on the dead-letter queue at once.
 */
export async function handleCommit(
  context: CommitContext,
  delivery: Delivery,
  bounds: AttemptBounds,
): Promise<void> {
  const message = await parseOrEnd(context, delivery);
  const { tenant, session, commitId } = message;
  const { clock } = context.lease;
  const startedAtMs = clock.now();
  const run = async () => {
    await beginDelivery(context, message, delivery, bounds);
    return commitSession(context, message, bounds.signal);
  };
  const outcome = await resolve(context, message, { delivery, run }, (error) =>
    isLastFailure(error, delivery, bounds.maxReceiveCount),
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
async function parseOrEnd(context: CommitContext, delivery: Delivery): Promise<CommitMessage> {
  try {
    return parseBody(commitMessageSchema, delivery.body);
  } catch (error) {
    const { tenant, session, commitId } = idsIn(delivery.body);
    if (tenant !== undefined && session !== undefined && commitId !== undefined) {
      await endWithout(context, { tenant, session, commitId }, givingUp(delivery), error);
    }
    throw error;
  }
}

const givingUp = ({ replay }: Delivery) => (replay === undefined ? 'give-up' : 'give-up-again');

async function resolve(
  context: CommitContext,
  message: CommitMessage,
  {
    delivery,
    run,
  }: { readonly delivery: Delivery; readonly run: () => Promise<Pick<CommitOutcome, 'state'>> },
  isLast: (error: unknown) => boolean,
): Promise<Pick<CommitOutcome, 'state'>> {
  const { onExhausted } = context.limits.lease;
  try {
    return await run();
  } catch (error) {
    if (error instanceof SessionNotFoundError) return { state: 'cancelled' };
    const isBusy = error instanceof LeaseUnavailableError;
    // One that has begun may have sealed: it must be finished, and only retrying it is sure to.
    if (
      isBusy &&
      onExhausted === 'skip' &&
      (await endWithout(context, message, 'skip', error, createdBy(context, message)))
    ) {
      return { state: 'skipped' };
    }
    const failure =
      isBusy && onExhausted === 'dead-letter'
        ? new DeadLetterError({ code: error.code, message: error.message }, { cause: error })
        : error;
    if (isLast(failure)) {
      const created = createdBy(context, message);
      await endWithout(context, message, givingUp(delivery), failure, created);
    }
    throw failure;
  }
}

/** Its request came past the API, or its status has expired. */
function createdBy({ lease: { clock } }: CommitContext, { keepRecent, requestedAtMs }: CommitMessage) {
  return { keepRecent, requestedAtMs, expiresAtMs: clock.now() + retention.commitStatusMs };
}

/** Records how a commit ended that has no archive, if it may end so; returns whether it did. */
async function endWithout(
  { store, lease: { clock } }: CommitContext,
  { tenant, session, commitId }: Pick<CommitMessage, 'tenant' | 'session' | 'commitId'>,
  transition: Extract<CommitTransitionName, 'skip' | 'give-up' | 'give-up-again'>,
  reason: unknown,
  created?: ReturnType<typeof createdBy>,
): Promise<boolean> {
  const detail = reasonText(reason instanceof Error ? reason.message : String(reason), MAX_DETAIL_LENGTH);
  return store.changeCommit(
    { tenant, session },
    commitId,
    { transition, entry: { atMs: clock.now(), detail } },
    created,
  );
}
