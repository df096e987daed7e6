import type { LogEntry } from '../../session/index.ts';
import type { LogStore } from '../log-store.ts';
import { putIfAbsent, type StoredSessions } from './stored-sessions.ts';

const PAGE_ENTRIES = 100;

/** The requests whose targets are positions of the log and the keys of appends. */
export function logRequests({ find, at }: StoredSessions): LogStore {
  return {
    async putRecord(key, record) {
      return putIfAbsent(at(key).log, record.position, record);
    },

    async readEntry(key, position) {
      return find(key)?.log.get(position);
    },

    async readRange(key, { from, to, limit = PAGE_ENTRIES, newestFirst = false }) {
      const log = find(key)?.log ?? new Map<number, LogEntry>();
      const entries = [...log.values()]
        .filter(({ position }) => position >= from && position <= to)
        .sort((a, b) => (newestFirst ? b.position - a.position : a.position - b.position));
      return { entries: entries.slice(0, limit), complete: entries.length <= limit };
    },

    async voidPosition(key, position) {
      return putIfAbsent(at(key).log, position, { kind: 'void', position });
    },

    async putTombstones(key, tombstones) {
      const { log } = at(key);
      for (const tombstone of tombstones) log.set(tombstone.position, tombstone);
      return [];
    },

    async putAppendKey(key, appendKey, nowMs) {
      const { appendKeys } = at(key);
      const remembered = appendKeys.get(appendKey.key);
      if (remembered && remembered.expiresAtMs > nowMs) return false;
      appendKeys.set(appendKey.key, appendKey);
      return true;
    },

    async readAppendKey(key, appendKey) {
      return find(key)?.appendKeys.get(appendKey);
    },

    async moveAppendKey(key, appendKey, fromPosition) {
      const { appendKeys } = at(key);
      const remembered = appendKeys.get(appendKey.key);
      if (!remembered || ![fromPosition, appendKey.position].includes(remembered.position)) return false;
      appendKeys.set(appendKey.key, appendKey);
      return true;
    },
  };
}
