import type { CommitPhase, CommitState } from '../session/index.ts';

/** How a delivery ended: in which state the commit is now, or that there was no session to commit any more. */
export type CommitEnding = CommitState | 'session-gone';

/** What happens in a commit, with its numbers, for logs and metrics. */
export type CommitEvent = {
  readonly tenant: string;
  readonly session: string;
  readonly commitId: string;
} & (
  | { readonly type: 'commit.claimed'; readonly fence: number }
  | { readonly type: 'commit.recovering'; readonly archive: number; readonly sealedForMs: number }
  | { readonly type: 'commit.sealed'; readonly archive: number; readonly from: number; readonly to: number }
  | {
      readonly type: 'commit.copied';
      readonly archive: number;
      readonly records: number;
      readonly messages: number;
      readonly bytes: number;
      readonly chunks: number;
      readonly voids: number;
    }
  | { readonly type: 'commit.already-copied'; readonly archive: number }
  | { readonly type: 'commit.cleared'; readonly archive: number; readonly records: number }
  | { readonly type: 'commit.archived'; readonly archive: number; readonly sinceSealMs: number }
  | { readonly type: 'commit.ended'; readonly outcome: CommitEnding; readonly durationMs: number }
  /** A worker was killed at the last delivery, of the commit or of its follow-up, and could not say so. */
  | { readonly type: 'commit.death-recorded'; readonly phase: CommitPhase; readonly diedAtMs: number }
  | { readonly type: 'commit.fence-rejected'; readonly fence: number }
);

/** A commit event without what every one of them carries. */
export type CommitEventDetails = CommitEvent extends infer Event
  ? Event extends CommitEvent
    ? Omit<Event, 'tenant' | 'session' | 'commitId'>
    : never
  : never;
