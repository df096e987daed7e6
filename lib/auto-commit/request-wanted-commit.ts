import { lastWhole, requestCommit } from '../commit/index.ts';
import type { SessionKey } from '../session/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import type { AutoCommitContext } from './auto-commit-context.ts';
import type { WantedCommit } from './schedule-checks.ts';

/**
 * Asks for a commit that a session's policy wants.
 *
 * @returns the commit's id; a commit that is queued already, and takes as much, is as good. Undefined when all that is
 * live belongs to a turn that goes on: it is asked for when the turn has ended, or the session is idle.
 * @throws SessionNotFoundError, StoreUnavailableError, QueueUnavailableError: asking again is safe.
 */
export async function requestWantedCommit(
  context: AutoCommitContext,
  key: SessionKey,
  { reason, keepRecent, isInsideTurn }: WantedCommit,
): Promise<string | undefined> {
  const through = isInsideTurn ? await lastWholeOf(context, key) : undefined;
  if (through === 'none') return undefined;
  const { commitId } = await requestCommit(context, key, {
    keepRecent,
    reason: `auto-commit: ${reason}`,
    ...(through !== undefined && { through }),
  });
  context.onEvent({ type: 'auto-commit.requested', ...key, commitId, policyCause: reason });
  return commitId;
}

/** Where a turn of an agent that goes on has not begun yet. */
async function lastWholeOf({ store }: AutoCommitContext, key: SessionKey): Promise<number | 'none'> {
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const live = { from: meta.committedThrough + 1, to: meta.nextSeq - 1 };
  const to = await lastWhole(store, key, live, { behind: [], keepsOpenCalls: true });
  return to < live.from ? 'none' : to;
}
