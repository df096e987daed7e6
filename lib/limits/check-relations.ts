import type { LeaseLimits, Limits } from './limits.ts';

/** What a deployment has fixed; limits must fit it. */
export interface Deployment {
  readonly commitFunctionTimeoutMs: number;
  readonly followUpFunctionTimeoutMs: number;
  /** Kept back of a function's time, so that it ends in order before it is killed. */
  readonly marginMs: number;
  /** Deliveries before a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
}

/**
 * What is wrong with limits that are each in range: how they contradict one another or the deployment, in words that
 * say what to do. Empty when all is well. Each relation was somebody's outage.
 */
export function checkRelations(limits: Limits, deployment: Deployment): string[] {
  const { commit, followUp } = limits;
  const { commitFunctionTimeoutMs, followUpFunctionTimeoutMs, marginMs } = deployment;
  return [
    ...checkLease('lease', limits.lease, commit.deadlineMs, 'commit.deadlineMs', deployment),
    ...checkLease('memoryLease', limits.memoryLease, followUp.deadlineMs, 'followUp.deadlineMs', deployment),
    ...unless(
      commit.deadlineMs < commitFunctionTimeoutMs - marginMs,
      `commit.deadlineMs (${commit.deadlineMs}) must be less than the commit function's timeout less the margin ` +
        `(${commitFunctionTimeoutMs} - ${marginMs}): lower it, or deploy with a longer timeout`,
    ),
    ...unless(
      followUp.deadlineMs < followUpFunctionTimeoutMs - marginMs,
      `followUp.deadlineMs (${followUp.deadlineMs}) must be less than the follow-up function's timeout less the ` +
        `margin (${followUpFunctionTimeoutMs} - ${marginMs}): lower it, or deploy with a longer timeout`,
    ),
    ...unless(
      followUp.summaryTimeoutMs < followUp.deadlineMs,
      `followUp.summaryTimeoutMs (${followUp.summaryTimeoutMs}) must be less than followUp.deadlineMs ` +
        `(${followUp.deadlineMs}): lower the first or raise the second`,
    ),
    ...unless(
      followUp.extractionTimeoutMs < followUp.deadlineMs,
      `followUp.extractionTimeoutMs (${followUp.extractionTimeoutMs}) must be less than followUp.deadlineMs ` +
        `(${followUp.deadlineMs}): lower the first or raise the second`,
    ),
  ];
}

function checkLease(
  name: string,
  lease: LeaseLimits,
  deadlineMs: number,
  deadlineName: string,
  { maxReceiveCount }: Deployment,
): string[] {
  const { ttlMs, acquireTimeoutMs, onExhausted } = lease;
  const shortestWaitMs = waiterEnduresMs(lease, maxReceiveCount);
  return [
    ...unless(
      acquireTimeoutMs < deadlineMs,
      `${name}.acquireTimeoutMs (${acquireTimeoutMs}) must be less than ${deadlineName} (${deadlineMs}): ` +
        'lower the first or raise the second',
    ),
    ...unless(
      onExhausted !== 'retry-later' || shortestWaitMs > ttlMs,
      `a waiter endures ${shortestWaitMs} ms in all, which must be more than ${name}.ttlMs (${ttlMs}), or one crashed ` +
        `holder dead-letters its successors: raise ${name}.maxRetries or maxReceiveCount, or lower ${name}.ttlMs`,
    ),
  ];
}

/**
 * How long a waiter endures before its message is dead-lettered. Each delivery but the last gives the message back
 * until the holder's lease has expired, which is one TTL at most; with no delivery to give back, only its own retries
 * count, and those wait half their interval on average.
 */
function waiterEnduresMs(
  { ttlMs, retryIntervalMs, maxRetries, acquireTimeoutMs }: LeaseLimits,
  maxReceiveCount: number,
): number {
  const ownRetriesMs = Math.min((maxRetries * retryIntervalMs) / 2, acquireTimeoutMs);
  return maxReceiveCount * ownRetriesMs + (maxReceiveCount - 1) * ttlMs;
}

function unless(holds: boolean, problem: string): string[] {
  return holds ? [] : [problem];
}
