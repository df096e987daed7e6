import type { CommitStatus, SessionKey, SessionMeta } from '../session/index.ts';

/** The port to lists. Its reads may lag, by a fraction of a second as a rule, alone with `listDueChecks`. */
export interface ListStore {
  /** A page of a part of a tenant's sessions, or of a scope's, newest activity first. */
  listSessions(list: SessionList, page: ListPage): Promise<Listed<SessionKey>>;
  /** A page of the commits of a session, the newest first. */
  listCommits(key: SessionKey, page: ListPage): Promise<Listed<string>>;
  /** What is to be shown of at most `ITEMS_PER_LIST` sessions; those that are gone are left out. */
  readSessions(keys: readonly SessionKey[]): Promise<ListedItems<SessionKey, SessionMeta>>;
  /** Likewise of commits. */
  readCommits(commits: readonly CommitKey[]): Promise<ListedItems<CommitKey, CommitStatus>>;
}

/** Of a tenant `shard`, from 0 to `LIST_SHARDS - 1`. */
export type SessionList = { readonly tenant: string } & (
  | { readonly shard: number }
  | { readonly scope: string }
);

export interface CommitKey extends SessionKey {
  readonly commitId: string;
}

export interface ListPage {
  /** 1 to `ITEMS_PER_LIST`. */
  readonly limit: number;
  /** The mark of the last entry of the page before; the first page unless given. */
  readonly after?: string | undefined;
}

interface Listed<Key> {
  /** Marks sort as the entries do, the newest last. While an entry moves it may be there twice. */
  readonly entries: readonly { readonly key: Key; readonly mark: string }[];
  /** False when there are more behind the last entry. */
  readonly complete: boolean;
}

interface ListedItems<Key, Item> {
  /** In no order. `item` is absent where what is stored cannot be read. */
  readonly found: readonly { readonly key: Key; readonly item?: Item }[];
  /** Those that the database did not get to. */
  readonly left: readonly Key[];
}

/** What a database gives in one batch read. */
export const ITEMS_PER_LIST = 100;

/**
 * The sessions of a tenant are listed in so many parts. One part takes 1,000 writes a second, and a session that moves
 * costs two.
 */
export const LIST_SHARDS = 8;
