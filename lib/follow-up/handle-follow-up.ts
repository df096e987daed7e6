import type { FollowUpStep } from '../archive/index.ts';
import {
  type AttemptBounds,
  type Delivery,
  type FollowUpMessage,
  followUpMessageSchema,
  idsIn,
  isLastFailure,
  parseBody,
  reasonText,
} from '../queue/index.ts';
import { lastAttempt, MAX_DETAIL_LENGTH, type TimelineEntry } from '../session/index.ts';
import { markRetrying } from '../store/index.ts';
import { followUpArchive } from './follow-up-archive.ts';
import type { FollowUpContext } from './follow-up-context.ts';

/**
 * Handles one delivery from the follow-up queue, and records on the commit what went wrong, if something did: the step,
 * the attempt, the cause, and how long the step had taken.
 *
 * @throws whatever `followUpArchive` throws, for the queue to give the message back; InvalidMessageError.
 */
export async function handleFollowUp(
  context: FollowUpContext,
  delivery: Delivery,
  { maxReceiveCount, signal, endsByMs }: AttemptBounds,
): Promise<void> {
  const message = await parseOrEnd(context, delivery);
  const { clock } = context.lease;
  let begun: { readonly step?: FollowUpStep; readonly atMs: number } = { atMs: clock.now() };
  const onStepBegin = (step: FollowUpStep) => {
    begun = { step, atMs: clock.now() };
  };
  try {
    if (delivery.replay !== undefined && !message.again) {
      const because = { nowMs: begun.atMs, detail: delivery.replay };
      await markRetrying(context.store, message, 'follow-up', because);
    }
    if (delivery.receiveCount >= maxReceiveCount && endsByMs !== undefined && !message.again) {
      const attempt = lastAttempt('follow-up', endsByMs);
      await context.store.noteLastAttempt(message, message.commitId, attempt);
    }
    await followUpArchive(context, message, signal, onStepBegin);
  } catch (error) {
    const atMs = clock.now();
    const attempt = {
      atMs,
      detail: reasonText(error instanceof Error ? error.message : String(error), MAX_DETAIL_LENGTH),
      ...(begun.step !== undefined && { step: begun.step }),
      attempt: delivery.receiveCount,
      durationMs: atMs - begun.atMs,
    };
    const isLast = isLastFailure(error, delivery, maxReceiveCount);
    await recordFailure(context, message, attempt, { isLast, isReplay: delivery.replay !== undefined });
    throw error;
  }
}

/** A body that cannot be understood never will be: the follow-up that it asks for, if it says which, ends here. */
async function parseOrEnd(
  context: FollowUpContext,
  { body, receiveCount: attempt, replay }: Delivery,
): Promise<FollowUpMessage> {
  try {
    return parseBody(followUpMessageSchema, body);
  } catch (error) {
    const { tenant, session, commitId, archive } = idsIn(body);
    if (tenant !== undefined && session !== undefined && commitId !== undefined && archive !== undefined) {
      const detail = reasonText(error instanceof Error ? error.message : String(error), MAX_DETAIL_LENGTH);
      const failure = { atMs: context.lease.clock.now(), detail, attempt };
      const how = { isLast: true, isReplay: replay !== undefined };
      await recordFailure(context, { tenant, session, commitId, archive }, failure, how);
    }
    throw error;
  }
}

async function recordFailure(
  { store }: FollowUpContext,
  message: FollowUpMessage,
  attempt: Omit<TimelineEntry, 'event'>,
  { isLast, isReplay }: { readonly isLast: boolean; readonly isReplay: boolean },
): Promise<void> {
  const { commitId, archive, again } = message;
  if (again) {
    if (isLast)
      await recordGivenUp(store, message, { id: again.id, atMs: attempt.atMs, reason: attempt.detail ?? '' });
    return;
  }
  if (!isLast) {
    await store.addToTimeline(message, commitId, { ...attempt, event: 'follow-up-failed' });
    return;
  }
  await store.setFollowUpState(message, archive, 'dead-lettered');
  await store.changeCommit(message, commitId, {
    transition: isReplay ? 'give-up-follow-up-again' : 'give-up-follow-up',
    archive,
    entry: attempt,
  });
}

/** The archive keeps what it has, and what was found; whoever asked for the extraction sees why it is not merged. */
async function recordGivenUp(
  store: FollowUpContext['store'],
  message: FollowUpMessage,
  { id, ...failure }: { readonly id: string; readonly atMs: number; readonly reason: string },
): Promise<void> {
  const { archive } = message;
  if (await store.failAgain(message, archive, id, failure)) return;
  if (message.again?.mode === 'merge') return;
  await store.recordAgain(message, archive, { id, extraction: { outcome: 'skipped', ...failure } });
}
