import type { SessionMeta } from '../../session/index.ts';
import { CHECK_SHARDS, type CheckStore } from '../check-store.ts';
import { shardOf } from '../shard-of.ts';
import type { StoredSessions } from './stored-sessions.ts';

/** The requests about the checks of sessions with a policy. */
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

    async listDueChecks(shard, untilMs) {
      const due = [...sessions].flatMap(([name, { meta }]) => {
        const [tenant = '', session = ''] = name.split('/');
        const checkAtMs = meta?.checkAtMs;
        const isDue =
          checkAtMs !== undefined &&
          checkAtMs <= untilMs &&
          shardOf({ tenant, session }, CHECK_SHARDS) === shard;
        return isDue ? [{ key: { tenant, session }, checkAtMs }] : [];
      });
      return { sessions: due.sort((a, b) => a.checkAtMs - b.checkAtMs) };
    },
  };
}

/** A session of which no check is scheduled. */
export function withoutCheck({
  checkAtMs: _at,
  checkedNextSeq: _seq,
  ...meta
}: SessionMeta): Omit<SessionMeta, 'checkAtMs' | 'checkedNextSeq'> {
  return meta;
}
