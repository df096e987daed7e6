import type { FollowUpProgress } from '../archive/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/**
 * Records a merge, and takes the memories off the manifest: statements have them. A merge that was skipped leaves them
 * there. Returns whether no other worker was sooner.
 */
export function recordMerge(
  { store, key, manifest: { archive } }: FollowUpRun,
  extraction: NonNullable<FollowUpProgress['extraction']>,
  merge: NonNullable<FollowUpProgress['merge']>,
): Promise<boolean> {
  const isMerged = extraction.outcome === 'done' && merge.outcome === 'done';
  return isMerged ? store.recordMerge(key, archive, merge) : store.recordStep(key, archive, 'merge', merge);
}
