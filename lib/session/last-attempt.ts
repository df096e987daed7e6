import type { CommitPhase } from './commit-status.ts';

/** The clocks of whoever works and of whoever looks later differ by less. */
const CLOCK_SKEW_MS = 60_000;

/** The last delivery of a commit's message, or of its follow-up's. */
export interface LastAttempt {
  readonly of: CommitPhase;
  /** When its worker is dead at the latest. */
  readonly untilMs: number;
  /** When somebody looks whether it has died without a word. */
  readonly checkAtMs: number;
}

/** @param untilMs when its worker is killed, should it still run. */
export function lastAttempt(of: CommitPhase, untilMs: number): LastAttempt {
  return { of, untilMs, checkAtMs: untilMs + CLOCK_SKEW_MS };
}
