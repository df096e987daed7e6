import type { FollowUpMessage } from '../queue/index.ts';

import type { FollowUpRun } from './follow-up-run.ts';

/** Marks archive and commit as completed, once. The commit may still be finishing: its archive was handed over first. */
export async function recordCompleted(
  { store, key, manifest, lease }: FollowUpRun,
  { commitId, archive }: FollowUpMessage,
): Promise<void> {
  const atMs = lease.clock.now();
  if (manifest.followUp.state !== 'completed') await store.setFollowUpState(key, archive, 'completed');
  await store.changeCommit(key, commitId, {
    transition: 'complete',
    archive,
    entry: { atMs },
  });
}
