import type { LeaseLimits, Limits } from './limits.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const lease = {
  ttlMs: 30 * SECOND,
  retryIntervalMs: 200,
  maxRetries: 10,
  acquireTimeoutMs: 1 * MINUTE,
  onExhausted: 'retry-later',
} as const satisfies LeaseLimits;

/** What holds unless an operator says otherwise. */
export const defaultLimits = {
  lease,
  memoryLease: lease,
  commit: { deadlineMs: 5 * MINUTE },
  followUp: {
    deadlineMs: 10 * MINUTE,
    summaryTimeoutMs: 2 * MINUTE,
    extractionTimeoutMs: 3 * MINUTE,
    onSummaryTimeout: 'fail',
    onExtractionTimeout: 'fail',
  },
} as const satisfies Limits;
