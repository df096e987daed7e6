import type { Clock } from '../clock/index.ts';
import type { Amount, SessionKey } from '../session/index.ts';
import type { CheckStore, TakenPosition } from '../store/index.ts';
import { type AutoCommitReason, type AutoCommitState, autoCommitStateOf } from './auto-commit-state.ts';
import { thresholdCrossed } from './threshold-reached.ts';

/** A commit that a policy wants after an append that does not live to ask for it is asked for after that time. */
const GRACE_MS = 60_000;

/** A commit that a session's policy wants, and nobody has asked for yet. */
export interface WantedCommit {
  readonly reason: AutoCommitReason;
  readonly keepRecent: number;
  /** Whether what was appended last is a call of a tool, or a result: then no call is parted from what follows. */
  readonly isInsideTurn: boolean;
}

interface ScheduledChecks {
  /** Before anything is written at a position: a crash after that leaves no message that nobody would ever commit. */
  onPosition(taken: TakenPosition, added: Amount): Promise<void>;
  /** What the session's policy wants, once the append is stored. */
  readonly wanted: Omit<WantedCommit, 'isInsideTurn'> | undefined;
}

/** Sees to it that a session with a policy is checked after an append. */
export function scheduleChecks(
  { store, clock }: { readonly store: CheckStore; readonly clock: Pick<Clock, 'now'> },
  key: SessionKey,
): ScheduledChecks {
  let wanted: ScheduledChecks['wanted'];
  return {
    get wanted() {
      return wanted;
    },
    async onPosition({ meta }, added) {
      const state = autoCommitStateOf(meta);
      if (!state) return;
      const after = afterAppend(state, added, clock.now());
      wanted = after.wanted ?? wanted;
      if (after.checkAtMs < (state.checkAtMs ?? Number.POSITIVE_INFINITY)) {
        await store.scheduleCheck(key, after.checkAtMs);
      }
    },
  };
}

/** When a session is to be checked after an append, and which commit the append itself asks for. */
function afterAppend(
  { policy, pending, notBeforeMs }: AutoCommitState,
  added: Amount,
  nowMs: number,
): { readonly checkAtMs: number; readonly wanted?: NonNullable<ScheduledChecks['wanted']> } {
  const { idleSeconds, keepRecent } = policy;
  const reason = thresholdCrossed(policy, pending, added);
  if (!reason) return { checkAtMs: nowMs + (idleSeconds ?? Number.POSITIVE_INFINITY) * 1000 };
  if (notBeforeMs > nowMs) return { checkAtMs: notBeforeMs };
  return { checkAtMs: nowMs + GRACE_MS, wanted: { reason, keepRecent } };
}
