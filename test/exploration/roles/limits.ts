import type { LeaseLimits, Limits } from '../../../lib/limits/index.ts';

const lease = {
  ttlMs: 30_000,
  retryIntervalMs: 200,
  // One retry: contention is explored, and the waits of a longer one would be more of the same.
  maxRetries: 1,
  acquireTimeoutMs: 60_000,
  onExhausted: 'retry-later',
} as const satisfies LeaseLimits;

/** The limits that the explored workers run with. */
export const limits: Limits = {
  lease,
  memoryLease: lease,
  commit: { deadlineMs: 90_000 },
  followUp: {
    deadlineMs: 120_000,
    summaryTimeoutMs: 60_000,
    extractionTimeoutMs: 60_000,
    onSummaryTimeout: 'fail',
    onExtractionTimeout: 'fail',
  },
};

/** Deliveries before a message goes to the dead-letter queue. */
export const maxReceiveCount = 5;
