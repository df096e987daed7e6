import type { Mutant } from '../mutants/mutant.ts';
import type { Scenario } from '../world/scenario.ts';

/** What a thread is given to do. */
export type Task = {
  readonly scenario: Scenario;
  /** When to stop, by `Date.now()`. */
  readonly untilMs: number;
  /** After how many schedules to stop; never unless it is here. */
  readonly maxSchedules?: number;
  /** The protocol is changed like this before it is loaded. */
  readonly mutant?: Mutant;
} & (
  | {
      readonly kind: 'search';
      readonly visited: SharedArrayBuffer;
      readonly isTurned: boolean;
      readonly part: { readonly index: number; readonly of: number };
    }
  | { readonly kind: 'walk'; readonly seed: number }
  | { readonly kind: 'replay'; readonly codes: readonly string[]; readonly remember: boolean }
);

/** What a thread has found. */
export interface TaskResult {
  readonly schedules: number;
  readonly distinctStates: number;
  readonly steps: number;
  readonly crashPoints: readonly string[];
  readonly isComplete: boolean;
  readonly violation?: FoundViolation;
  /** For a walk: the schedule that was followed last, as `--replay` takes it. */
  readonly last?: string;
  /** For a replay: each step in words, and the fingerprint of the state that it leads to. */
  readonly told?: readonly ToldStep[];
}

export interface FoundViolation {
  readonly invariant: string;
  readonly detail: string;
  /** As `--replay` takes it. */
  readonly replay: string;
  readonly steps: readonly string[];
}

interface ToldStep {
  readonly text: string;
  readonly fingerprint: string;
}
