import type { DeletionStore } from '../deletion-store.ts';
import type { StoredSessions } from './stored-sessions.ts';

/** The requests that take a session away. */
export function deletionRequests({ sessions, deleted, nameOf, fenced }: StoredSessions): DeletionStore {
  return {
    async markDeleted(key, fence, mark) {
      if (deleted.has(nameOf(key))) return;
      fenced(key, fence);
      sessions.delete(nameOf(key));
      deleted.set(nameOf(key), mark);
    },

    async readDeleted(key) {
      return deleted.get(nameOf(key));
    },

    // A deleted session's items went with it, and nothing can be written to it.
    async closePositions() {
      return [];
    },

    async listItems() {
      return [];
    },

    async deleteItems() {
      return [];
    },
  };
}
