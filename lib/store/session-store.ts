import type { ArchiveStore } from './archive-store.ts';
import type { CheckStore } from './check-store.ts';
import type { CommitStatusStore } from './commit-status-store.ts';
import type { DeletionStore } from './deletion-store.ts';
import type { ListStore } from './list-store.ts';
import type { LogStore } from './log-store.ts';
import type { MetaStore } from './meta-store.ts';

/**
 * The port between the commit protocol and the database, of one smaller port for each kind of item.
 *
 * Each method is one database request, so that a schedule of calls is a schedule of requests. Reads are strongly
 * consistent, but for those of due checks and lists. A write whose answer was lost may be sent again: every method is idempotent for the same arguments,
 * except `takePosition` and `claim`, where a repeat costs a number and harms nothing. Methods that take a `fence`
 * throw `FenceRejectedError` when another claim came later; any method may throw `StoreUnavailableError`, or
 * `StoreRefusedError` for what no repetition can mend; one that reads an item, `ItemUnreadableError` when it was damaged,
 * or `ItemTooNewError`.
 */
export type SessionStore = MetaStore &
  LogStore &
  ArchiveStore &
  CommitStatusStore &
  DeletionStore &
  CheckStore &
  ListStore;

/** What a database takes in one batch write. */
export const ITEMS_PER_REQUEST = 25;
