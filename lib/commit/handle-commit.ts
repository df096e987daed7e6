import {
  type AttemptBounds,
  type CommitMessage,
  commitMessageSchema,
  type Delivery,
  idsIn,
  parseBody,
  reasonText,
} from '../queue/index.ts';
import { MAX_DETAIL_LENGTH, retention } from '../session/index.ts';
import { type AfterFailure, afterFailure, giveUpOf } from './after-failure.ts';
import { beginDelivery } from './begin-delivery.ts';
import type { CommitContext } from './commit-context.ts';
import type { CommitEnding } from './commit-event.ts';

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
  const outcome = await runOrEnd(context, message, delivery, bounds);
  const durationMs = clock.now() - startedAtMs;
  context.onEvent({ type: 'commit.ended', tenant, session, commitId, outcome, durationMs });
}

/** A body that cannot be understood never will be: the commit that it asks for, if it says which, ends here. */
async function parseOrEnd(context: CommitContext, delivery: Delivery): Promise<CommitMessage> {
  try {
    return parseBody(commitMessageSchema, delivery.body);
  } catch (error) {
    const { tenant, session, commitId } = idsIn(delivery.body);
    if (tenant !== undefined && session !== undefined && commitId !== undefined) {
      await endWithout(context, { tenant, session, commitId }, giveUpOf(delivery), error);
    }
    throw error;
  }
}

async function runOrEnd(
  context: CommitContext,
  message: CommitMessage,
  delivery: Delivery,
  bounds: AttemptBounds,
): Promise<CommitEnding> {
  try {
    await beginDelivery(context, message, delivery, bounds);
    const { state } = await commitSession(context, message, bounds.signal);
    return state;
  } catch (error) {
    const { onExhausted } = context.limits.lease;
    const { maxReceiveCount } = bounds;
    return endAfter(context, message, afterFailure(error, { onExhausted, delivery, maxReceiveCount }));
  }
}

/** Does what was decided, and throws what is the queue's. */
async function endAfter(
  context: CommitContext,
  message: CommitMessage,
  after: AfterFailure,
): Promise<CommitEnding> {
  if (after.action === 'end') return after.as;
  const created = createdBy(context, message);
  if (after.action === 'skip' && (await endWithout(context, message, 'skip', after.because, created)))
    return 'skipped';
  const failed = after.action === 'skip' ? after.orElse : after;
  if (failed.action === 'give-up')
    await endWithout(context, message, failed.transition, failed.error, created);
  throw failed.error;
}

/** Its request came past the API, or its status has expired. */
function createdBy({ lease: { clock } }: CommitContext, { keepRecent, requestedAtMs }: CommitMessage) {
  return { keepRecent, requestedAtMs, expiresAtMs: clock.now() + retention.commitStatusMs };
}

/** Records how a commit ended that has no archive, if it may end so; returns whether it did. */
async function endWithout(
  { store, lease: { clock } }: CommitContext,
  { tenant, session, commitId }: Pick<CommitMessage, 'tenant' | 'session' | 'commitId'>,
  transition: 'skip' | 'give-up' | 'give-up-again',
  reason: unknown,
  created?: ReturnType<typeof createdBy>,
): Promise<boolean> {
  const detail = reasonText(reason instanceof Error ? reason.message : String(reason), MAX_DETAIL_LENGTH);
  const entry = { atMs: clock.now(), detail };
  return store.changeCommit({ tenant, session }, commitId, { transition, entry }, created);
}
