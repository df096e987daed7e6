/**
 * `queued` → `committing` → `archived` (the messages are safe; summary and memories follow) → `completed`.
 * Ends without an archive: `empty`, `skipped`, `cancelled`. `dead-lettered` waits for a replay, which makes it `retrying`
 * until a worker goes on with it (`committing`, …), completes it, or gives it up again. `commitTransitions` has every way
 * between them.
 */
export const commitStates = [
  'queued',
  'committing',
  'archived',
  'completed',
  'empty',
  'skipped',
  'cancelled',
  'dead-lettered',
  'retrying',
] as const;
export type CommitState = (typeof commitStates)[number];

/** Each has a message of its own: until the archive is there, and the summary and memories after it. */
export const commitPhases = ['commit', 'follow-up'] as const;
export type CommitPhase = (typeof commitPhases)[number];

export interface TimelineEntry {
  readonly atMs: number;
  /** A commit state, or a step of the follow-up. */
  readonly event: string;
  /** Why, for an entry that is not plain success; at most `MAX_DETAIL_LENGTH` long. */
  readonly detail?: string;
  /** Of a failed attempt: the step of the follow-up that failed, the delivery, counted from 1, and how long
   * the step took until then. */
  readonly step?: string;
  readonly attempt?: number;
  readonly durationMs?: number;
}

/** In UTF-16 units. With it, a hundred failures of every replay fit in an item of 400 KB, whatever they say. */
export const MAX_DETAIL_LENGTH = 300;

/** What became of one commit request. */
export interface CommitStatus {
  readonly commitId: string;
  readonly state: CommitState;
  /** Present once the messages are in an archive; phase 1 is then over for good. */
  readonly archive?: number;
  /** The last position that the commit may seal; absent for a request that takes whatever is live when it runs. */
  readonly through?: number;
  readonly keepRecent: number;
  readonly reason?: string;
  readonly requestedAtMs: number;
  /** When the worker of the last delivery is dead at the latest; absent before that delivery. */
  readonly lastAttemptUntilMs?: number;
  /** Whose last delivery that is; absent where it was noted before that was. */
  readonly lastAttemptOf?: CommitPhase;
  /** When somebody looks whether that worker has died without a word; absent when nobody has to. */
  readonly checkAtMs?: number;
  readonly timeline: readonly TimelineEntry[];
}
