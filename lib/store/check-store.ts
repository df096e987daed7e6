import type { SessionKey } from '../session/index.ts';

/**
 * The port to scheduled checks, of sessions with a policy, and of commits that are at their last delivery: which are due
 * now, and when each is due next. That of a commit is scheduled with its last attempt.
 */
export interface CheckStore {
  /** Has a session with a policy checked no later than then. */
  scheduleCheck(key: SessionKey, checkAtMs: number): Promise<void>;
  /**
   * Ends the check that was due at `seenAtMs`, and remembers what it found, if that is given: the next is at
   * `nextAtMs`, another moment. Returns whether it did so: of several that have seen one check, one is told so.
   */
  moveCheck(
    key: SessionKey,
    check: { readonly seenAtMs: number; readonly nextAtMs: number; readonly checkedNextSeq?: number },
  ): Promise<boolean>;
  /** Ends the check that was due at `seenAtMs`, if `nextSeq` is still the same; none comes after it. */
  removeCheck(key: SessionKey, check: { readonly seenAtMs: number; readonly nextSeq: number }): Promise<void>;
  /** Moves the check of a commit that was due at `seenAtMs` to `nextAtMs`; without that, none comes after it. */
  moveCommitCheck(
    key: SessionKey,
    commitId: string,
    check: { readonly seenAtMs: number; readonly nextAtMs?: number },
  ): Promise<void>;
  /** One page of the checks that are due by `untilMs`, the longest due first. Alone among the reads, it may lag. */
  listDueChecks(shard: number, untilMs: number, after?: DueChecks['nextAfter']): Promise<DueChecks>;
}

interface DueChecks {
  readonly commits: readonly {
    readonly key: SessionKey;
    readonly commitId: string;
    readonly checkAtMs: number;
  }[];
  readonly sessions: readonly { readonly key: SessionKey; readonly checkAtMs: number }[];
  /** Where the next page begins, as this store wants it; absent on the last. */
  readonly nextAfter?: Readonly<Record<string, unknown>>;
}

/** Scheduled checks are kept in so many parts, so that no single one limits how many there can be. */
export const CHECK_SHARDS = 8;
