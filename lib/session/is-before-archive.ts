import type { CommitState, CommitStatus } from './commit-status.ts';

const states: readonly CommitState[] = ['queued', 'committing', 'retrying'];

/** Whether a commit is on its way, and has no archive yet. */
export function isBeforeArchive({ state, archive }: Pick<CommitStatus, 'state' | 'archive'>): boolean {
  return archive === undefined && states.includes(state);
}
