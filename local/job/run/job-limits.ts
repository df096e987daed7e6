const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** For how long a job waits, and how much it does at a time. */
export interface JobLimits {
  /** The job gives up when nothing has happened for this time. */
  readonly stallMs: number;
  /** From the last append until every commit and what follows it is done. */
  readonly waitMs: number;
  /** Conversations that are played side by side. */
  readonly concurrency: number;
}

export const jobDefaults = {
  stallMs: 60 * SECOND,
  waitMs: 5 * MINUTE,
  concurrency: 4,
} satisfies JobLimits;
