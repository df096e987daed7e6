import { type CommitView, toCommitView } from '../../lib/api/index.ts';
import { CommitNotFoundError } from '../../lib/commit/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { type MetaStore, SessionNotFoundError } from '../../lib/store/index.ts';
import type { Target } from '../target/index.ts';

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

/** Why there is no such commit: the session is not there, or it has none of that id. */
export async function missingCommit(
  store: MetaStore,
  key: SessionKey,
  commitId: string,
): Promise<CommitNotFoundError | SessionNotFoundError> {
  return (await store.readMeta(key)) ? new CommitNotFoundError(key, commitId) : new SessionNotFoundError(key);
}
