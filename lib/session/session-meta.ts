import type { MemoryCategory } from '../memory/index.ts';
import type { AutoCommitPolicy } from './auto-commit-policy.ts';
import type { Amount } from './log-entry.ts';

/** A session that moves from scope to scope is no session of anybody; each name takes up to 129 bytes of its item. */
export const MAX_FORMER_SCOPES = 50;

/** The one item of a session that every commit writes; each of those writes is conditional on `fence`. */
export interface SessionMeta {
  /** Whose memories the session feeds. */
  readonly scope: string;
  /** Whose memories it fed before, each once, at most `MAX_FORMER_SCOPES`; what it said may still be there. */
  readonly formerScopes?: readonly string[];
  /** What people call it. */
  readonly title?: string;
  /** The categories to extract; absent: all that the deployment has. */
  readonly memoryCategories?: readonly MemoryCategory[];
  /** When the session is committed without being asked; absent: never. */
  readonly autoCommit?: AutoCommitPolicy;
  readonly createdAtMs: number;
  /** When it was created, or appended to last; absent where neither happened since there are lists of sessions. */
  readonly activeAtMs?: number;
  /** The position that the next append is given; the first is 1. */
  readonly nextSeq: number;
  /** All that positions were handed out for, and an estimate of its tokens; an append that is repeated counts again. */
  readonly appendedMessages: number;
  readonly appendedTokens: number;
  /** The last position that belongs to an archive; 0 before the first commit. */
  readonly committedThrough: number;
  readonly archiveCount: number;
  /** Counts the claims: a worker whose own number is no longer here has been superseded. */
  readonly fence: number;
  /** The seal whose archive is not yet finished: the outbox of the commit protocol. */
  readonly sealed?: Seal;
  /** The commit requested last; answers a second request that asks for nothing further. */
  readonly requested?: RequestedCommit;
  /** When it is checked next whether the policy asks for a commit; absent when there is nothing to check. */
  readonly checkAtMs?: number;
  /** `nextSeq` as the last check found it. */
  readonly checkedNextSeq?: number;
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
  readonly requestedAtMs: number;
  /** All that had been appended to the session when the commit was asked for. */
  readonly appended: Amount;
}

/** Which session: its own id within a tenant. Both match `nameSchema`. */
export interface SessionKey {
  readonly tenant: string;
  readonly session: string;
}
