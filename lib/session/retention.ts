const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long temporary data are kept.
 *
 * A closed position must outlast every writer that might still ask about it. The longest-lived is a frontend that
 * repeats an append by its key, so tombstones and voids outlive append keys by half a day. A commit's status
 * outlives its message: 4 days in the queue, then 14 in the dead-letter queue, which is the longest that SQS keeps
 * one.
 */
export const retention = {
  appendKeyMs: 12 * HOUR_MS,
  closedPositionMs: 1 * DAY_MS,
  commitStatusMs: 30 * DAY_MS,
  queuedMessageMs: 4 * DAY_MS,
  deadLetterMs: 14 * DAY_MS,
} as const;
