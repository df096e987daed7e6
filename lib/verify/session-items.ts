import type { LeaseHolder } from '../lease/index.ts';
import type { ScopeKey } from '../memory/index.ts';
import type { CommitStatus, LogEntry, SessionKey } from '../session/index.ts';
import type { ItemError } from '../table/index.ts';

/**
 * What an inspection reads that the protocol never needs: items with their expiry, and lists. Reads are strongly
 * consistent, page by page, each page one request. Any of them may throw `StoreUnavailableError`.
 */
export interface SessionItems {
  /** Every session of the table, and every scope that remembers something: reads the whole table, and costs as much. */
  everything(signal: AbortSignal): AsyncIterable<SessionKey | ScopeKey>;
  /** Every position of the log that holds something, in order. */
  entries(key: SessionKey): AsyncIterable<StoredEntry>;
  /**
   * Commits of all sessions that have no archive, and have not ended: reads `maxBytes` of the table at most, in
   * requests of 1 MB, and says whether that was all of it. Those that cannot be understood are left out: `commits` has
   * them.
   */
  unarchivedCommits(
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<{
    readonly commits: readonly { readonly key: SessionKey; readonly status: CommitStatus }[];
    readonly isComplete: boolean;
  }>;
  /** Every commit whose status is kept, or what keeps it from being understood. */
  commits(key: SessionKey): AsyncIterable<CommitStatus | ItemError>;
  /** The numbers of the archives behind `archive` that have an item. */
  archivesAfter(key: SessionKey, archive: number): Promise<number[]>;
  /** The numbers behind `archive` that vectors of messages have. */
  embeddedAfter(key: SessionKey, archive: number): Promise<number[]>;
  /** Who holds the session's lease, where leases are kept in this table. */
  leaseHolder(key: SessionKey): Promise<LeaseHolder | undefined>;
}

/** A position of the log as it is stored. */
export type StoredEntry = (LogEntry | DamagedEntry) & { readonly expiresAtMs?: number };

interface DamagedEntry {
  readonly kind: 'damaged';
  readonly position: number;
  readonly error: ItemError;
}
