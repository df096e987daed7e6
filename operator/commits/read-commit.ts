import { type CommitView, toCommitView } from '../../lib/api/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Target } from '../target/index.ts';
import { missingCommit } from './missing-commit.ts';

/** A commit as it is now. @throws SessionNotFoundError; CommitNotFoundError; StoreUnavailableError. */
export async function readCommit(
  { store, clock }: Pick<Target, 'store' | 'clock'>,
  key: SessionKey,
  commitId: string,
): Promise<CommitView> {
  const status = await store.readCommit(key, commitId);
  if (!status) throw await missingCommit(store, key, commitId);
  return toCommitView(status, clock.now());
}
