import type { CommitState } from './commit-status.ts';

const states: readonly CommitState[] = ['queued', 'committing', 'retrying'];

/** Whether a commit is on its way, and has no archive yet. */
export function isBeforeArchive({
  state,
  archive,
}: {
  readonly state: CommitState;
  readonly archive?: number | undefined;
}): boolean {
  return archive === undefined && states.includes(state);
}
