import type { CommitState, CommitStatus } from './commit-status.ts';

/** Of a commit that is on its way, and has no archive yet. */
export const statesBeforeArchive = [
  'queued',
  'committing',
  'retrying',
] as const satisfies readonly CommitState[];
export type StateBeforeArchive = (typeof statesBeforeArchive)[number];

/** Whether a commit is on its way, and has no archive yet. */
export function isBeforeArchive<Status extends Pick<CommitStatus, 'state' | 'archive'>>(
  status: Status,
): status is Status & { readonly state: StateBeforeArchive } {
  return status.archive === undefined && statesBeforeArchive.some((state) => state === status.state);
}

/** Whether a message is there that moves the commit on: it has neither ended, nor does it wait for a replay. */
export function isRunning(state: CommitState): boolean {
  return state === 'archived' || statesBeforeArchive.some((one) => one === state);
}

/** Whether a commit in this state has ended for good: whatever is delivered of it changes nothing. */
export function isFinal(state: CommitState): boolean {
  return state !== 'dead-lettered' && !isRunning(state);
}

/** Whether a commit in this state has ended as it should: `empty` because another one took its messages. */
export function endedWell(state: CommitState): boolean {
  return state === 'completed' || state === 'empty';
}
