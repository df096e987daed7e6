import type { CommitState } from '../session/index.ts';

/** How a run of a commit ended. */
export interface CommitOutcome {
  /** The state that the commit is in now; not always by this run's doing. */
  readonly state: CommitState;
  readonly archive?: number;
}
