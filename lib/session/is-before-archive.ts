import type { CommitState } from './commit-status.ts';

const states: readonly CommitState[] = ['queued', 'committing'];

/** Whether a commit is on its way, and has no archive yet. */
export function isBeforeArchive({ state }: { readonly state: CommitState }): boolean {
  return states.includes(state);
}
