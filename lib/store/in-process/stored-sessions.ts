import type { Manifest } from '../../archive/index.ts';
import type { Vector } from '../../embedding/index.ts';
import type { AppendKey, CommitStatus, LogEntry, SessionKey, SessionMeta } from '../../session/index.ts';
import type { DeletedSession } from '../deletion-store.ts';
import { FenceRejectedError, SessionNotFoundError } from '../errors.ts';

/** A vector, and the id of the embedder that gave it. */
export interface StoredVector {
  readonly by: string;
  readonly vector: Vector;
}

/** Everything that is stored of one session. An item may be there without META, as in a table. */
export interface StoredSession {
  meta: SessionMeta | undefined;
  /** In META's place, once the session is deleted. */
  mark: DeletedSession | undefined;
  readonly log: Map<number, LogEntry>;
  readonly appendKeys: Map<string, AppendKey>;
  readonly manifests: Map<number, Manifest>;
  /** Keyed `archive/index`. */
  readonly chunks: Map<string, Uint8Array>;
  readonly commits: Map<string, CommitStatus>;
  /** Of archived messages, by their sort keys. */
  readonly embeddings: Map<string, StoredVector>;
  /** Manifests and chunks that nobody may write any more, by their sort keys. */
  readonly closed: Set<string>;
}

/** What is stored, as the parts of the adapter use it. */
export interface StoredSessions {
  /** Keyed `tenant/session`. */
  readonly sessions: Map<string, StoredSession>;
  /** To read from. */
  find(key: SessionKey): StoredSession | undefined;
  /** To write to, whether or not there is META. */
  at(key: SessionKey): StoredSession;
  /** @throws SessionNotFoundError without META. */
  existing(key: SessionKey): WithMeta;
  /** @throws FenceRejectedError unless there is META, and the last claim is this one. */
  fenced(key: SessionKey, fence: number): WithMeta;
}

type WithMeta = StoredSession & { meta: SessionMeta };

export function storedSessions(): StoredSessions {
  const sessions = new Map<string, StoredSession>();
  const nameOf = ({ tenant, session }: SessionKey) => `${tenant}/${session}`;
  const find = (key: SessionKey) => sessions.get(nameOf(key));
  return {
    sessions,
    find,

    at(key) {
      const stored = find(key) ?? nothingStored();
      sessions.set(nameOf(key), stored);
      return stored;
    },

    existing(key) {
      const stored = find(key);
      if (!hasMeta(stored)) throw new SessionNotFoundError(key);
      return stored;
    },

    fenced(key, fence) {
      const stored = find(key);
      if (!hasMeta(stored) || stored.meta.fence !== fence) throw new FenceRejectedError(key, fence);
      return stored;
    },
  };
}

function nothingStored(): StoredSession {
  return {
    meta: undefined,
    mark: undefined,
    log: new Map(),
    appendKeys: new Map(),
    manifests: new Map(),
    chunks: new Map(),
    commits: new Map(),
    embeddings: new Map(),
    closed: new Set(),
  };
}

function hasMeta(stored: StoredSession | undefined): stored is WithMeta {
  return stored?.meta !== undefined;
}

/** Returns whether it was absent, and is there now. */
export function putIfAbsent<K, V>(map: Map<K, V>, key: K, value: V): boolean {
  if (map.has(key)) return false;
  map.set(key, value);
  return true;
}
