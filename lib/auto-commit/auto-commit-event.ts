import type { AutoCommitReason } from './auto-commit-state.ts';

/** What policies of sessions bring about, with numbers, for logs and metrics. */
export type AutoCommitEvent =
  | {
      readonly type: 'auto-commit.requested';
      readonly tenant: string;
      readonly session: string;
      readonly commitId: string;
      readonly policyCause: AutoCommitReason;
    }
  /**
   * A commit that a policy wants could not be asked for, or a session or a commit not be checked; the next check makes up
   * for it.
   */
  | {
      readonly type: 'auto-commit.failed';
      readonly tenant: string;
      readonly session: string;
      /** Of the check of a commit. */
      readonly commitId?: string;
      readonly error: unknown;
    }
  /** One part of the checks that are due could not be listed; they stay due. */
  | { readonly type: 'auto-commit.list-failed'; readonly shard: number; readonly error: unknown }
  | {
      readonly type: 'auto-commit.checked';
      /** Sessions, and commits, whose check was due. */
      readonly due: number;
      readonly requested: number;
      /** Commits whose last worker was found dead. */
      readonly deaths: number;
      readonly failed: number;
      /** How long the check that had been due the longest had waited. */
      readonly lagMs: number;
      /** False when time was up before all of them were checked. */
      readonly complete: boolean;
    };
