import { retryOf, type SessionKey, statusAsOf } from '../session/index.ts';
import type { CommitStatusStore } from './commit-status-store.ts';

/**
 * Marks a commit that reads `dead-lettered` as `retrying`, before anything is done for a message of it that was sent
 * again: whoever sent it does so, too, but may come late. One read, and one write if it is to be marked.
 *
 * @throws StoreUnavailableError
 */
export async function markRetrying(
  store: CommitStatusStore,
  { commitId, ...key }: SessionKey & { readonly commitId: string },
  what: 'commit' | 'follow-up',
  because: { readonly nowMs: number; readonly detail: string },
): Promise<void> {
  const status = await store.readCommit(key, commitId);
  if (!status || statusAsOf(status, because.nowMs).state !== 'dead-lettered') return;
  const retry = retryOf(status, what, because);
  if (retry) await store.retryCommit(key, commitId, retry);
}
