import { type AutoCommitEvent, checkDueSessions } from '../../../lib/auto-commit/index.ts';
import type { CommitEvent } from '../../../lib/commit/index.ts';
import { wrapPort } from '../../../lib/port/index.ts';
import { CHECK_SHARDS, type CheckStore } from '../../../lib/store/index.ts';
import { shardOf } from '../../../lib/store/shard-of.ts';
import type { Program } from '../actor/program.ts';
import { session } from './session.ts';

/** One run of the function that checks sessions with a policy, and commits at their last delivery. */
export const checker: Program = async ({ store, commitQueue: commits, clock, newId, note }) => {
  const onEvent = (event: AutoCommitEvent | CommitEvent) => {
    if (event.type === 'auto-commit.requested') {
      note({ type: 'commit-acknowledged', commitId: event.commitId });
    }
    if (event.type === 'auto-commit.failed') note({ type: 'gave-up', error: event.error as Error });
  };
  const context = {
    store: withOneShard(store),
    commits,
    clock,
    newId,
    onEvent,
    around: <T>(_key: unknown, check: () => Promise<T>) => check(),
  };
  const { signal } = new AbortController();
  try {
    await checkDueSessions(context, signal);
  } catch (error) {
    note({ type: 'gave-up', error: error as Error });
  }
};

/** There is one session; that the shards that cannot hold it are empty is known without a request. */
function withOneShard<Store extends CheckStore>(store: Store): Store {
  return wrapPort(store, async (go, method, [shard]) =>
    method === 'listDueChecks' && shard !== shardOf(session, CHECK_SHARDS)
      ? { sessions: [], commits: [] }
      : go(),
  );
}
