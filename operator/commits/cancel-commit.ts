import { type CommitView, toCommitView } from '../../lib/api/index.ts';
import { CommitNotFoundError, cancelCommit as cancel } from '../../lib/commit/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Target } from '../target/index.ts';
import { missingCommit } from './read-commit.ts';

/**
 * Cancels a commit that is still queued; cancelling it again changes nothing.
 *
 * @throws SessionNotFoundError; CommitNotFoundError; CommitNotCancellableError; StoreUnavailableError.
 */
export async function cancelCommit(target: Target, key: SessionKey, commitId: string): Promise<CommitView> {
  try {
    return toCommitView(await cancel(target, key, commitId), target.clock.now());
  } catch (error) {
    throw error instanceof CommitNotFoundError ? await missingCommit(target.store, key, commitId) : error;
  }
}
