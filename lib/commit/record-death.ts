import type { Clock } from '../clock/index.ts';
import { type SessionKey, unrecordedDeath } from '../session/index.ts';
import type { ArchiveStore, CheckStore, CommitStatusStore } from '../store/index.ts';
import type { CommitEvent } from './commit-event.ts';

interface DeathContext {
  readonly store: CommitStatusStore & CheckStore & Pick<ArchiveStore, 'setFollowUpState'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly onEvent: (event: CommitEvent) => void;
}

/**
 * Records that a commit is dead whose worker was killed at the last delivery, as readers see it by the time, and ends the
 * check that was due for it; only the latter where the worker has said how it ended, or the commit goes on. Whoever
 * moves the commit meanwhile wins. Nothing for a commit that is gone, or whose check is not due any more.
 *
 * @returns whether it recorded a death.
 * @throws StoreUnavailableError: the check stays due, and doing it again is safe.
 */
export async function recordDeath(
  { store, clock, onEvent }: DeathContext,
  key: SessionKey,
  commitId: string,
): Promise<boolean> {
  const status = await store.readCommit(key, commitId);
  const nowMs = clock.now();
  // The index lags: somebody has looked meanwhile.
  if (status?.checkAtMs === undefined || status.checkAtMs > nowMs) return false;
  const { archive, checkAtMs } = status;
  const death = unrecordedDeath(status, nowMs);
  if (!death) {
    await store.moveCommitCheck(key, commitId, { seenAtMs: checkAtMs });
    return false;
  }
  // First, as a worker does: the check ends with the commit's own write.
  if (archive !== undefined) await store.setFollowUpState(key, archive, 'dead-lettered');
  const isRecorded = await store.recordDeath(key, commitId, { ...death, checkAtMs });
  if (isRecorded) {
    const phase = archive === undefined ? 'commit' : 'follow-up';
    onEvent({ type: 'commit.death-recorded', ...key, commitId, phase, diedAtMs: death.entry.atMs });
  }
  return isRecorded;
}
