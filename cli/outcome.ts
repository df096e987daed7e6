import type { View } from './display/view.ts';

/** What a command found or did: for programs, and for people. */
export interface Outcome {
  /** What `--json` prints. */
  readonly document: object;
  /** Whether more documents follow: `--json` prints each on one line. Default false. */
  readonly isOneOfMany?: boolean;
  /** The same for people: one line each, without line ends. */
  readonly lines: (view: View) => readonly string[];
  /** False when it failed, or found something wrong: the exit code is 1. Default true. */
  readonly isWell?: boolean;
}
