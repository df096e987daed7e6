import { commitMark, sessionMark } from '../../session/index.ts';
import { LIST_SHARDS, type ListPage, type ListStore, type SessionList } from '../list-store.ts';
import { shardOf } from '../shard-of.ts';
import type { StoredSessions } from './stored-sessions.ts';

/** The requests about lists of sessions and commits. */
export function listRequests({ sessions, find }: StoredSessions): ListStore {
  return {
    async listSessions(list, page) {
      const entries = [...sessions].flatMap(([name, { meta }]) => {
        const [tenant = '', session = ''] = name.split('/');
        const key = { tenant, session };
        if (meta?.activeAtMs === undefined || tenant !== list.tenant) return [];
        const isListed = isOf(list, shardOf(key, LIST_SHARDS), meta.scope);
        return isListed ? [{ key, mark: sessionMark(key, meta.activeAtMs) }] : [];
      });
      return pageOf(entries, page);
    },

    async listCommits(key, page) {
      const commits = [...(find(key)?.commits.values() ?? [])];
      return pageOf(
        commits.map((commit) => ({ key: commit.commitId, mark: commitMark(commit) })),
        page,
      );
    },

    async readSessions(keys) {
      const found = keys.flatMap((key) => {
        const item = find(key)?.meta;
        return item ? [{ key, item }] : [];
      });
      return { found, left: [] };
    },

    async readCommits(commits) {
      const found = commits.flatMap((key) => {
        const item = find(key)?.commits.get(key.commitId);
        return item ? [{ key, item }] : [];
      });
      return { found, left: [] };
    },
  };
}

function isOf(list: SessionList, shard: number, scope: string): boolean {
  return 'scope' in list ? list.scope === scope : list.shard === shard;
}

function pageOf<Entry extends { readonly mark: string }>(
  entries: readonly Entry[],
  { limit, after }: ListPage,
): { readonly entries: readonly Entry[]; readonly complete: boolean } {
  const behind = entries
    .filter(({ mark }) => after === undefined || mark < after)
    .toSorted((a, b) => (a.mark < b.mark ? 1 : -1));
  return { entries: behind.slice(0, limit), complete: behind.length <= limit };
}
