import { type CommitView, toCommitView } from '../../lib/api/index.ts';
import { CommitlaneError } from '../../lib/errors/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Parts } from '../target/parts.ts';
import { hasEnded } from './has-ended.ts';
import { missingCommit } from './missing-commit.ts';

/** The commit had not ended when the watch did; it goes on. */
class WatchTimeoutError extends CommitlaneError {
  override readonly name = 'WatchTimeoutError';
  readonly code = 'watch-timeout';
}

const POLL_MS = 500;

/**
 * Yields a commit as it is now, and after each change until it has ended.
 *
 * @throws SessionNotFoundError; CommitNotFoundError; WatchTimeoutError after `timeoutMs`; the signal's reason.
 */
export async function* followCommit(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  key: SessionKey,
  commitId: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): AsyncGenerator<CommitView> {
  const endsAtMs = clock.now() + timeoutMs;
  let seen = -1;
  for (;;) {
    const status = await store.readCommit(key, commitId);
    if (!status) throw await missingCommit(store, key, commitId);
    const commit = toCommitView(status, clock.now());
    if (commit.timeline.length !== seen) yield commit;
    seen = commit.timeline.length;
    if (hasEnded(commit)) return;
    if (clock.now() >= endsAtMs) {
      throw new WatchTimeoutError(
        `Commit ${commitId} is still ${commit.state} after ${timeoutMs / 1000} s. It goes on; watch it again, or look ` +
          'for its message with dlq list.',
      );
    }
    await clock.sleep(POLL_MS, signal);
  }
}
