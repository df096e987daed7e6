import { type CommitStatus, isBeforeArchive } from '../session/index.ts';
import type { AutoCommitReason, AutoCommitState } from './auto-commit-state.ts';
import { thresholdReached } from './threshold-reached.ts';

/** What is to be done for a session: ask for its commit, check it again, or nothing until the next append. */
export type NextStep =
  | { readonly action: 'request'; readonly reason: AutoCommitReason }
  | { readonly action: 'check-again'; readonly atMs: number }
  | { readonly action: 'rest' };

/** What a check of a session with a policy finds. */
export interface Situation {
  readonly state: AutoCommitState;
  /** When the newest live message was appended; absent when a commit by the policy would take nothing of what is live. */
  readonly newestAtMs?: number;
  /** Something was appended after the last request. */
  readonly hasMore: boolean;
  /** The commit requested last, if nothing was appended since; absent when none was, or when nobody knows any more. */
  readonly requested?: CommitStatus;
}

/** How often a commit that is on its way is checked. */
const RUNNING_MS = 5 * 60_000;

/** What a session's policy wants, from what a check of it finds. */
export function nextStep(situation: Situation, nowMs: number): NextStep {
  const { state, newestAtMs, hasMore, requested } = situation;
  if (newestAtMs === undefined) return { action: 'rest' };
  const { policy, pending, notBeforeMs } = state;
  if (!hasMore) {
    if (requested && isBeforeArchive(requested)) {
      return { action: 'check-again', atMs: nowMs + RUNNING_MS };
    }
    // The operator's.
    if (requested?.state === 'dead-lettered') return { action: 'rest' };
  }
  const idleAtMs = newestAtMs + (policy.idleSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  const reached = hasMore ? thresholdReached(policy, pending) : undefined;
  const reason = reached ?? (idleAtMs <= nowMs ? 'idle' : undefined);
  if (reason && notBeforeMs <= nowMs) return { action: 'request', reason };
  const atMs = reason ? notBeforeMs : idleAtMs;
  return Number.isFinite(atMs) ? { action: 'check-again', atMs } : { action: 'rest' };
}
