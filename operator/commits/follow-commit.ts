import type { CommitView } from '../../lib/api/index.ts';
import { CommitlaneError } from '../../lib/errors/index.ts';
import { isRunning, type SessionKey } from '../../lib/session/index.ts';
import type { Target, Work } from '../target/index.ts';
import { readCommit } from './read-commit.ts';

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
  target: Pick<Target, 'store' | 'clock'>,
  key: SessionKey,
  commitId: string,
  { timeoutMs, signal }: Pick<Work, 'signal'> & { readonly timeoutMs: number },
): AsyncGenerator<CommitView> {
  const { clock } = target;
  const endsAtMs = clock.now() + timeoutMs;
  let seen = -1;
  for (;;) {
    const commit = await readCommit(target, key, commitId);
    if (commit.timeline.length !== seen) yield commit;
    seen = commit.timeline.length;
    if (!isRunning(commit.state)) return;
    if (clock.now() >= endsAtMs) {
      throw new WatchTimeoutError(
        `Commit ${commitId} is still ${commit.state} after ${timeoutMs / 1000} s. It continues; watch it again, or look ` +
          'for its message with dlq list.',
      );
    }
    await clock.sleep(POLL_MS, signal);
  }
}
