import type { CommitState, CommitStatus } from './commit-status.ts';

const unfinished: readonly CommitState[] = ['queued', 'committing', 'archived', 'retrying'];

/**
 * A commit's status as it is at a moment. A worker that is killed at the last delivery cannot say so: when its time is
 * over, and nothing was heard of the commit since, the queue has moved the message to the dead-letter queue.
 */
export function statusAsOf(status: CommitStatus, nowMs: number): CommitStatus {
  const { state, lastAttemptUntilMs, timeline } = status;
  if (lastAttemptUntilMs === undefined || nowMs <= lastAttemptUntilMs) return status;
  const isSilent = (timeline.at(-1)?.atMs ?? 0) <= lastAttemptUntilMs;
  if (!isSilent || !unfinished.includes(state)) return status;
  const detail = 'the worker of the last delivery was killed, and left no word';
  const entry = { atMs: lastAttemptUntilMs, event: 'dead-lettered', detail } as const;
  return { ...status, state: 'dead-lettered', timeline: [...timeline, entry] };
}
