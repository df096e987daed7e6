import type { SessionMeta } from '../../session/index.ts';
import { CHECK_SHARDS, type CheckStore } from '../check-store.ts';
import { shardOf } from '../shard-of.ts';
import type { StoredSessions } from './stored-sessions.ts';

/** The requests about the checks of sessions with a policy, and of commits. */
export function checkRequests({ sessions, find }: StoredSessions): CheckStore {
  return {
    async scheduleCheck(key, checkAtMs) {
      const stored = find(key);
      if (!stored?.meta?.autoCommit) return;
      const { checkAtMs: known } = stored.meta;
      if (known !== undefined && known <= checkAtMs) return;
      stored.meta = { ...withoutCheck(stored.meta), checkAtMs };
    },

    async moveCheck(key, { seenAtMs, nextAtMs, checkedNextSeq }) {
      const stored = find(key);
      if (stored?.meta?.checkAtMs !== seenAtMs) return false;
      const found = checkedNextSeq !== undefined && { checkedNextSeq };
      stored.meta = { ...withoutCheck(stored.meta), checkAtMs: nextAtMs, ...found };
      return true;
    },

    async removeCheck(key, { seenAtMs, nextSeq }) {
      const stored = find(key);
      if (stored?.meta?.checkAtMs !== seenAtMs || stored.meta.nextSeq !== nextSeq) return;
      stored.meta = withoutCheck(stored.meta);
    },

    async moveCommitCheck(key, commitId, { seenAtMs, nextAtMs }) {
      const commits = find(key)?.commits;
      const commit = commits?.get(commitId);
      if (commit?.checkAtMs !== seenAtMs) return;
      const { checkAtMs: _seen, ...rest } = commit;
      commits?.set(commitId, { ...rest, ...(nextAtMs !== undefined && { checkAtMs: nextAtMs }) });
    },

    async listDueChecks(shard, untilMs) {
      const inShard = [...sessions].flatMap(([name, { meta, commits }]) => {
        const [tenant = '', session = ''] = name.split('/');
        const key = { tenant, session };
        return shardOf(key, CHECK_SHARDS) === shard ? [{ key, meta, commits }] : [];
      });
      const ofSessions = inShard.map(({ key, meta }) => ({ key, checkAtMs: meta?.checkAtMs }));
      const ofCommits = inShard.flatMap(({ key, commits }) =>
        [...commits.values()].map(({ commitId, checkAtMs }) => ({ key, commitId, checkAtMs })),
      );
      return { sessions: dueBy(untilMs, ofSessions), commits: dueBy(untilMs, ofCommits) };
    },
  };
}

/** The longest due first. */
function dueBy<Check extends { readonly checkAtMs: number | undefined }>(
  untilMs: number,
  checks: readonly Check[],
) {
  return checks
    .flatMap(({ checkAtMs, ...check }) =>
      checkAtMs !== undefined && checkAtMs <= untilMs ? [{ ...check, checkAtMs }] : [],
    )
    .sort((a, b) => a.checkAtMs - b.checkAtMs);
}

/** A session of which no check is scheduled. */
export function withoutCheck({
  checkAtMs: _at,
  checkedNextSeq: _seq,
  ...meta
}: SessionMeta): Omit<SessionMeta, 'checkAtMs' | 'checkedNextSeq'> {
  return meta;
}
