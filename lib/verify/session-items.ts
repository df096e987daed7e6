import type { LeaseHolder } from '../lease/index.ts';
import type { CommitStatus, LogEntry, SessionKey } from '../session/index.ts';

/**
 * What an inspection reads that the protocol never needs: items with their expiry, and lists. Reads are strongly
 * consistent, page by page, each page one request. Any of them may throw `StoreUnavailableError`.
 */
export interface SessionItems {
  /** Every session of the table: reads the whole table, and costs as much. */
  sessions(signal: AbortSignal): AsyncIterable<SessionKey>;
  /** Every position of the log that holds something, in order. */
  entries(key: SessionKey): AsyncIterable<StoredEntry>;
  /** Every commit whose status is kept. */
  commits(key: SessionKey): AsyncIterable<CommitStatus>;
  /** The numbers of the archives behind `archive` that have an item. */
  archivesAfter(key: SessionKey, archive: number): Promise<number[]>;
  /** Who holds the session's lease, where leases are kept in this table. */
  leaseHolder(key: SessionKey): Promise<LeaseHolder | undefined>;
}

/** A position of the log as it is stored. */
export type StoredEntry = (LogEntry | DamagedEntry) & { readonly expiresAtMs?: number };

interface DamagedEntry {
  readonly kind: 'damaged';
  readonly position: number;
  readonly problem: string;
}
