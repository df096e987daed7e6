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

/** A limit with its value, as a violation names it. */
type Named = readonly [name: string, value: number];

/**
 * What is wrong with limits that are each in range: how they contradict one another or the deployment, in words that
 * name the limits, their values and what to do. Empty when all is well. Each relation was somebody's outage.
 *
 * That a lease is renewed well within its TTL needs no check: the heartbeat is a third of the TTL by construction.
 *
 * @param deployment without it, only relations among the limits themselves are checked.
 */
export function checkRelations(limits: Limits, deployment?: Deployment): string[] {
  const commitDeadline = ['commit.deadlineMs', limits.commit.deadlineMs] as const;
  const followUpDeadline = ['followUp.deadlineMs', limits.followUp.deadlineMs] as const;
  const { summaryTimeoutMs, extractionTimeoutMs } = limits.followUp;
  return [
    ...checkAcquire('lease', limits.lease, commitDeadline),
    ...checkAcquire('memoryLease', limits.memoryLease, followUpDeadline),
    ...mustBeLess(['followUp.summaryTimeoutMs', summaryTimeoutMs], followUpDeadline),
    ...mustBeLess(['followUp.extractionTimeoutMs', extractionTimeoutMs], followUpDeadline),
    ...(deployment ? checkDeployment(limits, deployment, commitDeadline, followUpDeadline) : []),
  ];
}

/** Waiting for a lease must leave time for the work, and a retry must be possible before waiting is over. */
function checkAcquire(name: string, lease: LeaseLimits, deadline: Named): string[] {
  const acquireTimeout = [`${name}.acquireTimeoutMs`, lease.acquireTimeoutMs] as const;
  return [
    ...mustBeLess(acquireTimeout, deadline),
    ...(lease.maxRetries > 0
      ? mustBeLess([`${name}.retryIntervalMs`, lease.retryIntervalMs], acquireTimeout)
      : []),
  ];
}

function checkDeployment(
  limits: Limits,
  deployment: Deployment,
  commitDeadline: Named,
  followUpDeadline: Named,
): string[] {
  const { commitFunctionTimeoutMs, followUpFunctionTimeoutMs, marginMs, maxReceiveCount } = deployment;
  return [
    ...mustFitFunction(commitDeadline, 'commit', commitFunctionTimeoutMs, marginMs),
    ...mustFitFunction(followUpDeadline, 'follow-up', followUpFunctionTimeoutMs, marginMs),
    ...mustOutlastHolder('lease', limits.lease, maxReceiveCount),
    ...mustOutlastHolder('memoryLease', limits.memoryLease, maxReceiveCount),
  ];
}

function mustBeLess([name, value]: Named, [boundName, bound]: Named): string[] {
  if (value < bound) return [];
  return [
    `${name} (${value}) must be less than ${boundName} (${bound}): lower the first or raise the second`,
  ];
}

function mustFitFunction(
  [name, value]: Named,
  functionName: string,
  timeoutMs: number,
  marginMs: number,
): string[] {
  if (value < timeoutMs - marginMs) return [];
  return [
    `${name} (${value}) must be less than the ${functionName} function's timeout minus the margin ` +
      `(${timeoutMs} - ${marginMs}): lower it, or deploy with a longer timeout`,
  ];
}

/** Work that is dead-lettered or skipped as soon as its lease is busy has been told not to wait. */
function mustOutlastHolder(name: string, lease: LeaseLimits, maxReceiveCount: number): string[] {
  const { ttlMs, maxRetries, onExhausted } = lease;
  const enduredMs = waiterEnduresMs(lease, maxReceiveCount);
  if (onExhausted !== 'retry-later' || enduredMs > ttlMs) return [];
  return [
    `a message waits for ${enduredMs} ms in all, which must be more than ${name}.ttlMs (${ttlMs}), or one crashed holder ` +
      `dead-letters the messages behind it: raise ${name}.maxRetries (${maxRetries}) or maxReceiveCount ` +
      `(${maxReceiveCount}), or lower ${name}.ttlMs`,
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
