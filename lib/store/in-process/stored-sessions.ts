import type { Manifest } from '../../archive/index.ts';
import type { AppendKey, CommitStatus, LogEntry, SessionKey, SessionMeta } from '../../session/index.ts';
import type { DeletedSession } from '../deletion-store.ts';
import { FenceRejectedError, SessionNotFoundError } from '../errors.ts';

/** Everything that is stored of one session. */
export interface StoredSession {
  meta: SessionMeta;
  readonly log: Map<number, LogEntry>;
  readonly appendKeys: Map<string, AppendKey>;
  readonly manifests: Map<number, Manifest>;
  /** Keyed `archive/index`. */
  readonly chunks: Map<string, Uint8Array>;
  readonly commits: Map<string, CommitStatus>;
}

/** What is stored, as the parts of the adapter use it. */
export interface StoredSessions {
  /** Keyed `tenant/session`. */
  readonly sessions: Map<string, StoredSession>;
  readonly deleted: Map<string, DeletedSession>;
  nameOf(key: SessionKey): string;
  find(key: SessionKey): StoredSession | undefined;
  /** @throws SessionNotFoundError */
  existing(key: SessionKey): StoredSession;
  /** @throws FenceRejectedError unless the last claim is this one. */
  fenced(key: SessionKey, fence: number): StoredSession;
}

export function storedSessions(): StoredSessions {
  const sessions = new Map<string, StoredSession>();
  const nameOf = ({ tenant, session }: SessionKey) => `${tenant}/${session}`;
  const find = (key: SessionKey) => sessions.get(nameOf(key));
  return {
    sessions,
    deleted: new Map(),
    nameOf,
    find,

    existing(key) {
      const stored = find(key);
      if (!stored) throw new SessionNotFoundError(key);
      return stored;
    },

    fenced(key, fence) {
      const stored = find(key);
      if (stored?.meta.fence !== fence) throw new FenceRejectedError(key, fence);
      return stored;
    },
  };
}

/** Returns whether it was absent, and is there now. */
export function putIfAbsent<K, V>(map: Map<K, V>, key: K, value: V): boolean {
  if (map.has(key)) return false;
  map.set(key, value);
  return true;
}
