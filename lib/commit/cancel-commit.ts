import type { Clock } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { type CommitState, type CommitStatus, retention, type SessionKey } from '../session/index.ts';
import type { CommitStatusStore } from '../store/index.ts';

/** The session has no commit with that id, or its status has expired. */
export class CommitNotFoundError extends CommitlaneError {
  override readonly name = 'CommitNotFoundError';
  readonly code = 'commit-not-found';

  constructor({ session }: SessionKey, commitId: string) {
    super(`Session '${session}' has no commit '${commitId}'. A commit's status is kept for 30 days.`);
  }
}

/** The commit has begun or ended: it cannot be cancelled any more. */
export class CommitNotCancellableError extends CommitlaneError {
  override readonly name = 'CommitNotCancellableError';
  readonly code = 'commit-not-cancellable';

  constructor(commitId: string, state: CommitState) {
    super(`Commit '${commitId}' is ${state}; only a queued one can be cancelled.`);
  }
}

/**
 * Cancels a commit that no worker has begun; cancelling it again changes nothing.
 *
 * @throws CommitNotFoundError, CommitNotCancellableError.
 */
export async function cancelCommit(
  { store, clock }: { readonly store: CommitStatusStore; readonly clock: Clock },
  key: SessionKey,
  commitId: string,
): Promise<CommitStatus> {
  const known = await store.readCommit(key, commitId);
  if (!known) throw new CommitNotFoundError(key, commitId);
  await store.changeCommit(
    key,
    commitId,
    { transition: 'cancel', entry: { atMs: clock.now() } },
    { ...known, expiresAtMs: clock.now() + retention.commitStatusMs },
  );
  const status = await store.readCommit(key, commitId);
  if (status?.state !== 'cancelled') {
    throw new CommitNotCancellableError(commitId, status?.state ?? known.state);
  }
  return status;
}
