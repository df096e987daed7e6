import {
  type Amount,
  type AutoCommitReason,
  type AutoCommitState,
  type SessionKey,
  thresholdCrossed,
} from '../session/index.ts';
import type { LogContext } from './log-context.ts';

/** A commit that an append makes due, but does not live to ask for, is asked for after that time. */
const GRACE_MS = 60_000;

/** A commit that a session's policy wants, and nobody has asked for yet. */
export interface DueCommit {
  readonly reason: AutoCommitReason;
  readonly keepRecent: number;
}

export interface Positions {
  next(): Promise<number>;
  /** What the session's policy wants, once the append is stored. */
  readonly due: DueCommit | undefined;
}

/**
 * The positions that one append is given. A session with a policy is scheduled to be looked at before anything is
 * written there: a crash after that leaves no message that nobody would ever commit.
 */
export function takePositions({ store, clock }: LogContext, key: SessionKey, added: Amount): Positions {
  let due: DueCommit | undefined;
  return {
    get due() {
      return due;
    },
    async next() {
      const { position, autoCommit } = await store.takePosition(key, added);
      if (!autoCommit) return position;
      const after = afterAppend(autoCommit, added, clock.now());
      due = after.due ?? due;
      if (after.checkAtMs < (autoCommit.checkAtMs ?? Number.POSITIVE_INFINITY)) {
        await store.scheduleCheck(key, after.checkAtMs);
      }
      return position;
    },
  };
}

/** When a session is to be looked at after an append, and which commit the append itself asks for. */
function afterAppend(
  { policy, pending, notBeforeMs }: AutoCommitState,
  added: Amount,
  nowMs: number,
): { readonly checkAtMs: number; readonly due?: DueCommit } {
  const { idleSeconds, keepRecent } = policy;
  const reason = thresholdCrossed(policy, pending, added);
  if (!reason) return { checkAtMs: nowMs + (idleSeconds ?? Number.POSITIVE_INFINITY) * 1000 };
  if (notBeforeMs > nowMs) return { checkAtMs: notBeforeMs };
  return { checkAtMs: nowMs + GRACE_MS, due: { reason, keepRecent } };
}
