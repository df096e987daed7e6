import { withTimeLimit } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { LeaseStoreUnavailableError, LeaseUnavailableError } from './errors.ts';
import type { LeaseContext, LeasePolicy } from './lease-context.ts';
import type { AcquireAnswer, LeaseClaim, LeaseHolder } from './lease-store.ts';
import { releaseLease } from './release-lease.ts';

/** How long after the holder's expiry a lease is asked for again: enough for clocks that differ a little. */
const EXPIRY_MARGIN_MS = 50;

/** A lease that was just acquired. */
export interface AcquiredLease {
  readonly claim: LeaseClaim;
  /** When the request that acquired it was sent: the lease is held for `ttlMs` from then at least. */
  readonly acquiredAtMs: number;
}

export interface AcquireRequest {
  readonly resource: string;
  readonly owner: string;
  readonly policy: LeasePolicy;
  readonly signal: AbortSignal;
}

/**
 * Asks for a lease until it is given or the policy's first bound is reached.
 *
 * An attempt whose answer was lost may have acquired the lease: the next attempt carries the same token and finds
 * it so, and giving up frees it.
 *
 * @throws LeaseUnavailableError when a bound is reached; LeaseStoreRefusedError or
 * ItemUnreadableError at once; the signal's reason when it aborts.
 */
export async function acquireLease(context: LeaseContext, request: AcquireRequest): Promise<AcquiredLease> {
  const { clock, onEvent } = context;
  const { resource, owner, policy, signal } = request;
  const claim = { resource, owner, token: context.newId(), ttlMs: policy.ttlMs };
  const startedAtMs = clock.now();
  const leftMs = () => startedAtMs + policy.acquireTimeoutMs - clock.now();
  let mayBeHeld = false;
  let holder: LeaseHolder | undefined;
  let lastError: unknown;

  try {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      const sentAtMs = clock.now();
      const answer = await askOnce(context, claim, attempt, leftMs());
      if (answer.kind === 'failed') {
        if (isFinal(answer.error)) throw answer.error;
        mayBeHeld = true;
        lastError = answer.error;
      } else if (answer.acquired) {
        mayBeHeld = false;
        onEvent({
          type: 'lease.acquired',
          resource,
          attempts: attempt,
          waitedMs: sentAtMs - startedAtMs,
          ...(answer.previous && { tookOverFrom: answer.previous }),
        });
        return { claim, acquiredAtMs: sentAtMs };
      } else {
        mayBeHeld = false;
        holder = answer.holder;
        onEvent({ type: 'lease.busy', resource, leaseAttempt: attempt, holder });
      }
      const waitMs = nextWaitMs(context, policy, holder);
      if (attempt > policy.maxRetries || waitMs >= leftMs()) {
        throw unavailable(context, request, { attempt, startedAtMs, holder, lastError });
      }
      await clock.sleep(waitMs, signal);
    }
  } finally {
    if (mayBeHeld) await releaseLease(context, claim, startedAtMs);
  }
}

async function askOnce(
  { leases, clock, onEvent }: LeaseContext,
  claim: LeaseClaim,
  attempt: number,
  limitMs: number,
): Promise<({ kind: 'answered' } & AcquireAnswer) | { kind: 'failed'; error: unknown }> {
  try {
    const answer = await withTimeLimit(
      clock,
      limitMs,
      leases.acquire(claim),
      () => new Error(`no answer from the lease store in ${limitMs} ms`),
    );
    return { kind: 'answered', ...answer };
  } catch (error) {
    onEvent({ type: 'lease.acquire-failed', resource: claim.resource, leaseAttempt: attempt, error });
    return { kind: 'failed', error };
  }
}

/** Full jitter, but never far past the moment at which the lease becomes free. */
function nextWaitMs({ clock, random }: LeaseContext, policy: LeasePolicy, holder?: LeaseHolder): number {
  const jitteredMs = random() * policy.retryIntervalMs;
  if (!holder) return jitteredMs;
  return Math.min(jitteredMs, Math.max(0, holder.expiresAtMs - clock.now()) + EXPIRY_MARGIN_MS);
}

function unavailable(
  { clock, onEvent }: LeaseContext,
  { resource, policy }: AcquireRequest,
  found: { attempt: number; startedAtMs: number; holder: LeaseHolder | undefined; lastError: unknown },
): LeaseUnavailableError {
  const { attempt: attempts, holder, lastError } = found;
  const waitedMs = clock.now() - found.startedAtMs;
  const untilFreeMs = holder
    ? Math.max(0, holder.expiresAtMs - clock.now())
    : Math.max(policy.retryIntervalMs, untilAnsweringMs(lastError));
  onEvent({ type: 'lease.unavailable', resource, attempts, waitedMs, ...(holder && { holder }) });
  return new LeaseUnavailableError(resource, {
    holder,
    attempts,
    waitedMs,
    retryAfterMs: untilFreeMs + EXPIRY_MARGIN_MS,
    ...(lastError !== undefined && { cause: lastError }),
  });
}

/** What no repetition can mend: nothing was written, so that nothing is to be given back. */
function isFinal(error: unknown): boolean {
  return error instanceof CommitlaneError && !error.retry.retryable;
}

/** A store that cannot be asked says when it may be, if it can. */
function untilAnsweringMs(error: unknown): number {
  return error instanceof LeaseStoreUnavailableError && error.retry.retryable ? error.retry.afterMs : 0;
}
