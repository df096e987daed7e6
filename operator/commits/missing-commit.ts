import { CommitNotFoundError } from '../../lib/commit/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { type MetaStore, SessionNotFoundError } from '../../lib/store/index.ts';

/** Why there is no such commit: the session is not there, or it has none of that id. */
export async function missingCommit(
  store: MetaStore,
  key: SessionKey,
  commitId: string,
): Promise<CommitNotFoundError | SessionNotFoundError> {
  return (await store.readMeta(key)) ? new CommitNotFoundError(key, commitId) : new SessionNotFoundError(key);
}
