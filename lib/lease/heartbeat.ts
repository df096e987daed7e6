import { withTimeLimit } from '../clock/index.ts';
import type { AcquiredLease } from './acquire-lease.ts';
import { LeaseLostError } from './errors.ts';
import type { LeaseContext } from './lease-context.ts';
import type { RenewAnswer } from './lease-store.ts';

/** A lease is renewed this often; a renewal that fails is repeated this often. In parts of the TTL. */
const RENEWALS_PER_TTL = 3;
const RETRIES_PER_TTL = 10;
/** The part of the TTL after which a lease that could not be renewed is given up: before it can expire. */
const GIVE_UP_AFTER = 2 / 3;

export interface Heartbeat {
  /** Aborts, with a `LeaseLostError`, as soon as the lease is lost. */
  readonly signal: AbortSignal;
  /** Stops the renewals and waits for one that is under way. */
  stop(): Promise<void>;
}

/** Starts to renew a lease, until it is stopped or the lease is lost. */
export function startHeartbeat(context: LeaseContext, { claim, acquiredAtMs }: AcquiredLease): Heartbeat {
  const { leases, clock, onEvent } = context;
  const { resource, ttlMs } = claim;
  const loss = new AbortController();
  const stopped = new AbortController();
  let renewedAtMs = acquiredAtMs;
  let lastError: unknown;

  // Both count from when the last good request was sent: its answer may have taken long.
  const nextInMs = () => Math.max(0, renewedAtMs + ttlMs / RENEWALS_PER_TTL - clock.now());
  const giveUpInMs = () => Math.max(0, renewedAtMs + ttlMs * GIVE_UP_AFTER - clock.now());

  function lose(error: LeaseLostError): void {
    const { lossCause, successor } = error;
    const heldMs = clock.now() - acquiredAtMs;
    onEvent({ type: 'lease.lost', resource, lossCause, heldMs, ...(successor && { successor }) });
    loss.abort(error);
  }

  /** Renews once; returns how long to wait until the next renewal, or undefined when the lease is lost. */
  async function beat(): Promise<number | undefined> {
    if (giveUpInMs() === 0) {
      lose(new LeaseLostError(resource, 'not-renewed', lastError === undefined ? {} : { cause: lastError }));
      return undefined;
    }
    const sentAtMs = clock.now();
    let answer: RenewAnswer;
    try {
      answer = await withTimeLimit(
        clock,
        giveUpInMs(),
        leases.renew(claim),
        () => new Error('no answer from the lease store'),
      );
    } catch (error) {
      lastError = error;
      onEvent({
        type: 'lease.renewal-failed',
        resource,
        sinceRenewalMs: clock.now() - renewedAtMs,
        error,
      });
      return Math.min(ttlMs / RETRIES_PER_TTL, giveUpInMs());
    }
    if (!answer.renewed) {
      lose(new LeaseLostError(resource, 'taken-over', { successor: answer.successor }));
      return undefined;
    }
    renewedAtMs = sentAtMs;
    return nextInMs();
  }

  async function run(): Promise<void> {
    let waitMs: number | undefined = nextInMs();
    while (waitMs !== undefined) {
      await clock.sleep(waitMs, stopped.signal);
      waitMs = await beat();
    }
  }

  const running = run().catch((error: unknown) => {
    if (!stopped.signal.aborted) loss.abort(error);
  });

  return {
    signal: loss.signal,
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
