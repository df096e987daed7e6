import { type AcquireRequest, acquireLease } from './acquire-lease.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { LeaseContext } from './lease-context.ts';
import { releaseLease } from './release-lease.ts';

/**
 * Does `work` under a lease: acquires it with bounded, jittered retries, renews it every third of its TTL while
 * the work runs, and, however the work ends, stops the renewals, waits for one that is under way, and releases it.
 *
 * The signal that the work is given aborts when the caller's does, and, with a `LeaseLostError`, when this worker is
 * superseded or has not renewed the lease for two thirds of its TTL: before anybody else can have it. The work must stop
 * then; `withLease` waits for it.
 *
 * @throws LeaseUnavailableError when the lease stayed busy or out of reach; nothing was done then.
 * @throws what the work throws.
 */
export async function withLease<T>(
  context: LeaseContext,
  request: AcquireRequest,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lease = await acquireLease(context, request);
  const heartbeat = startHeartbeat(context, lease);
  try {
    return await work(AbortSignal.any([request.signal, heartbeat.signal]));
  } finally {
    await heartbeat.stop();
    await releaseLease(context, lease.claim, lease.acquiredAtMs);
  }
}
