import type { MemoryCategory } from '../memory/index.ts';

/** The one item of a session that every commit writes; each of those writes is conditional on `fence`. */
export interface SessionMeta {
  /** Whose memories the session feeds. */
  readonly scope: string;
  /** The categories to extract; all of them unless the session restricts them. */
  readonly memoryCategories: readonly MemoryCategory[];
  readonly createdAtMs: number;
  /** The position that the next append is given; the first is 1. */
  readonly nextSeq: number;
  /** The last position that belongs to an archive; 0 before the first commit. */
  readonly committedThrough: number;
  readonly archiveCount: number;
  /** Counts the claims: a worker whose own number is no longer here has been succeeded. */
  readonly fence: number;
  /** The seal whose archive is not yet finished: the outbox of the commit protocol. */
  readonly sealed?: Seal;
  /** The commit requested last; answers a second request that asks for nothing further. */
  readonly requested?: RequestedCommit;
}

/** Positions `from` to `to`, both included, are archive `archive`, whatever happens next. */
export interface Seal {
  readonly archive: number;
  readonly from: number;
  readonly to: number;
  readonly commitId: string;
  readonly sealedAtMs: number;
}

export interface RequestedCommit {
  readonly commitId: string;
  readonly through: number;
  readonly keepRecent: number;
}
