import { isRunning } from './commit-states.ts';
import type { CommitStatus } from './commit-status.ts';
import { retention } from './retention.ts';

/** A message that nobody has taken is gone by then, wherever it was. */
const MESSAGE_LIFETIME_MS = retention.queuedMessageMs + retention.deadLetterMs;

/**
 * A commit's status as it is at a moment: a state is believed only as long as something exists that can change it.
 *
 * A worker that is killed at the last delivery cannot say so: when its time is over, and nothing was heard of the
 * commit since, the queue has moved the message to the dead-letter queue. Nor can a message that was purged, or that
 * nobody took in time: 18 days after the last word, there is none any more.
 */
export function statusAsOf(status: CommitStatus, nowMs: number): CommitStatus {
  if (!isRunning(status.state)) return status;
  const lastAttemptUntilMs = lastAttemptUntilMsOf(status) ?? Number.POSITIVE_INFINITY;
  const lastHeardAtMs = lastHeardAtMsOf(status);
  if (lastHeardAtMs <= lastAttemptUntilMs && nowMs > lastAttemptUntilMs) {
    return given(
      status,
      lastAttemptUntilMs,
      'the worker of the last delivery was killed, and recorded no reason',
    );
  }
  const goneAtMs = lastHeardAtMs + MESSAGE_LIFETIME_MS;
  if (nowMs <= goneAtMs) return status;
  return given(status, goneAtMs, 'its message is gone from the queue and from the dead letters');
}

/** When something was last heard of a commit: when it was asked for, or by the newest entry of its timeline. */
export function lastHeardAtMsOf({ timeline, requestedAtMs }: CommitStatus): number {
  return timeline.at(-1)?.atMs ?? requestedAtMs;
}

/**
 * When the worker is dead at the latest that has the last delivery of the message which moves a commit on: undefined
 * before that delivery, and when all that is noted is that of the commit, whose archive is there.
 */
export function lastAttemptUntilMsOf({
  archive,
  lastAttemptOf,
  lastAttemptUntilMs,
}: CommitStatus): number | undefined {
  return archive !== undefined && lastAttemptOf === 'commit' ? undefined : lastAttemptUntilMs;
}

function given(status: CommitStatus, atMs: number, detail: string): CommitStatus {
  const entry = { atMs, event: 'dead-lettered', detail } as const;
  return { ...status, state: 'dead-lettered', timeline: [...status.timeline, entry] };
}
