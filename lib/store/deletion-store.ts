import type { SessionKey } from '../session/index.ts';

/** The port to what a deletion does to all of a session's items. */
export interface DeletionStore {
  /** Replaces META by a mark that the session is deleted: nothing can be appended, claimed or created any more. */
  markDeleted(key: SessionKey, fence: number, deleted: DeletedSession): Promise<void>;
  readDeleted(key: SessionKey): Promise<DeletedSession | undefined>;
  /** Overwrites at most `ITEMS_PER_REQUEST` positions with voids; returns those that the database did not get to. */
  closePositions(key: SessionKey, positions: readonly number[], expiresAtMs: number): Promise<number[]>;
  /** The names of at most `limit` items of the session, its mark and its log excepted. */
  listItems(key: SessionKey, limit: number): Promise<string[]>;
  /** Deletes at most `ITEMS_PER_REQUEST` items by name; returns those that the database did not get to. */
  deleteItems(key: SessionKey, names: readonly string[]): Promise<string[]>;
}

/** What is left of a deleted session: its id is not used again. */
export interface DeletedSession {
  readonly deletedAtMs: number;
  /** Where its memories are, for a deletion that is to take them along. */
  readonly scope: string;
  /** The positions, both included, that may still hold messages, or be written late. */
  readonly liveFrom: number;
  readonly liveTo: number;
}
