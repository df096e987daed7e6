import { requestCommit } from '../commit/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { AutoCommitContext } from './auto-commit-context.ts';
import type { WantedCommit } from './schedule-checks.ts';

/**
 * Asks for a commit that a session's policy wants.
 *
 * @returns the commit's id; a commit that is queued already, and takes as much, is as good.
 * @throws SessionNotFoundError, StoreUnavailableError, QueueUnavailableError: asking again is safe.
 */
export async function requestWantedCommit(
  context: AutoCommitContext,
  key: SessionKey,
  { reason, keepRecent }: WantedCommit,
): Promise<string> {
  const { commitId } = await requestCommit(context, key, { keepRecent, reason: `auto-commit: ${reason}` });
  context.onEvent({ type: 'auto-commit.requested', ...key, commitId, policyCause: reason });
  return commitId;
}
