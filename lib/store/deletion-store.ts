import type { Seal, SessionKey } from '../session/index.ts';

/** The port to what a deletion does to all of a session's items. They are named by their sort keys. */
export interface DeletionStore {
  /**
   * Replaces META by a mark that the session is deleted: nothing can be appended, claimed or created any more. The mark
   * ends with the last position that was handed out until then; it is never overwritten. @throws FenceRejectedError
   */
  markDeleted(
    key: SessionKey,
    fence: number,
    mark: Pick<DeletedSession, 'deletedAtMs' | 'liveFrom'>,
  ): Promise<DeletedSession>;
  readDeleted(key: SessionKey): Promise<DeletedSession | undefined>;
  /** Overwrites at most `ITEMS_PER_REQUEST` positions with voids; returns those that the database did not get to. */
  closePositions(key: SessionKey, positions: readonly number[], expiresAtMs: number): Promise<number[]>;
  /** The names of at most `limit` items of the session behind `after`, in order, its mark and its log excepted. */
  listItems(key: SessionKey, page: { readonly limit: number; readonly after?: string }): Promise<string[]>;
  /**
   * Removes at most `ITEMS_PER_REQUEST` items; returns those that the database did not get to. In place of what belongs
   * to an archive, whether it is there or not, stands until `expiresAtMs` what refuses a late write; the rest is deleted.
   */
  removeItems(key: SessionKey, names: readonly string[], expiresAtMs: number): Promise<string[]>;
  /** Notes on the mark that nothing is left to delete. */
  finishDeletion(key: SessionKey, finishedAtMs: number): Promise<void>;
}

/** What is left of a deleted session: its id is not used again. */
export interface DeletedSession {
  readonly deletedAtMs: number;
  /** Where its memories are, and were before, for a deletion that is to take them along. */
  readonly scope: string;
  readonly formerScopes?: readonly string[];
  /** The positions, both included, that may still hold messages, or be written late. */
  readonly liveFrom: number;
  readonly liveTo: number;
  /** The seal whose archive was not yet finished: its items may be written late. */
  readonly sealed?: Seal;
  /** When all of it was gone; absent: it has to be deleted again. */
  readonly finishedAtMs?: number;
}
