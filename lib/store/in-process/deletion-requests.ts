import { fromSortKey, sortKeys } from '../../table/index.ts';
import type { DeletionStore } from '../deletion-store.ts';
import type { StoredSession, StoredSessions } from './stored-sessions.ts';

/** The requests that take a session away. */
export function deletionRequests({ find, at, fenced }: StoredSessions): DeletionStore {
  return {
    async markDeleted(key, fence, mark) {
      const stored = fenced(key, fence);
      const { scope, formerScopes, sealed, nextSeq } = stored.meta;
      const deleted = {
        ...mark,
        scope,
        ...(formerScopes && { formerScopes }),
        liveTo: nextSeq - 1,
        ...(sealed && { sealed }),
      };
      at(key).meta = undefined;
      at(key).mark = deleted;
      return deleted;
    },

    async readDeleted(key) {
      return find(key)?.mark;
    },

    async closePositions(key, positions) {
      const { log } = at(key);
      for (const position of positions) log.set(position, { kind: 'void', position });
      return [];
    },

    async listItems(key, { limit, after = '' }) {
      const stored = find(key);
      const names = stored ? [...itemsIn(stored).keys(), ...stored.closed] : [];
      return names
        .filter((name) => name > after)
        .sort()
        .slice(0, limit);
    },

    async removeItems(key, names) {
      const stored = at(key);
      const items = itemsIn(stored);
      for (const name of names) {
        items.get(name)?.remove();
        if (fromSortKey.isOfArchive(name)) stored.closed.add(name);
      }
      return [];
    },

    async finishDeletion(key, finishedAtMs) {
      const stored = find(key);
      if (stored?.mark) stored.mark = { ...stored.mark, finishedAtMs };
    },
  };
}

/** What is there beside the mark and the log, by its sort key. */
function itemsIn({ appendKeys, manifests, chunks, commits, embeddings }: StoredSession) {
  const items = new Map<string, { remove(): void }>();
  for (const key of appendKeys.keys())
    items.set(sortKeys.appendKey(key), { remove: () => appendKeys.delete(key) });
  for (const archive of manifests.keys())
    items.set(sortKeys.archive(archive), { remove: () => manifests.delete(archive) });
  for (const name of chunks.keys()) {
    const [archive, index] = name.split('/');
    items.set(sortKeys.chunk(Number(archive), Number(index)), { remove: () => chunks.delete(name) });
  }
  for (const commitId of commits.keys())
    items.set(sortKeys.commit(commitId), { remove: () => commits.delete(commitId) });
  for (const name of embeddings.keys()) items.set(name, { remove: () => embeddings.delete(name) });
  return items;
}
