import { CommitlaneError } from '../errors/index.ts';
import type { LeaseHolder } from './lease-store.ts';

/** How a lease that was held came to be lost. */
export type LeaseLossCause =
  /** Another worker superseded this one, or the lease is gone. Alarms and dashboards know it by this name. */
  | 'taken-over'
  /** It could not be renewed in time; it may still be ours, but not for long. */
  | 'not-renewed';

/**
 * A lease was lost while its work was running: the reason of the work's aborted signal. The work is safe to
 * repeat, by whoever holds the lease now or next.
 */
export class LeaseLostError extends CommitlaneError {
  override readonly name = 'LeaseLostError';
  readonly code = 'lease-lost';
  readonly lossCause: LeaseLossCause;
  /** Who holds it now, where that is known. */
  readonly successor: LeaseHolder | undefined;

  constructor(
    resource: string,
    lossCause: LeaseLossCause,
    details: { successor?: LeaseHolder | undefined; cause?: unknown } = {},
  ) {
    const how =
      lossCause === 'taken-over'
        ? `is no longer ours: ${details.successor ? `${details.successor.owner} holds it` : 'nobody holds it'} now`
        : 'could not be renewed in time';
    super(`The lease on ${resource} ${how}.`, {
      ...('cause' in details && { cause: details.cause }),
      retry: { retryable: true, afterMs: 0 },
    });
    this.lossCause = lossCause;
    this.successor = details.successor;
  }
}

/** A lease stayed busy, or its store out of reach, for as long as the policy allows. Nothing was done. */
export class LeaseUnavailableError extends CommitlaneError {
  override readonly name = 'LeaseUnavailableError';
  readonly code = 'lease-unavailable';
  /** Who held it at the last attempt; absent when the store did not say. */
  readonly holder: LeaseHolder | undefined;
  readonly attempts: number;
  readonly waitedMs: number;

  constructor(
    resource: string,
    details: {
      holder: LeaseHolder | undefined;
      attempts: number;
      waitedMs: number;
      retryAfterMs: number;
      cause?: unknown;
    },
  ) {
    const { holder, attempts, waitedMs, retryAfterMs } = details;
    const why = holder
      ? `is held by ${holder.owner} until ${new Date(holder.expiresAtMs).toISOString()}`
      : 'could not be requested';
    super(`The lease on ${resource} ${why}; gave up after ${attempts} attempts in ${waitedMs} ms.`, {
      ...('cause' in details && { cause: details.cause }),
      retry: { retryable: true, afterMs: retryAfterMs },
    });
    this.holder = holder;
    this.attempts = attempts;
    this.waitedMs = waitedMs;
  }
}

/** The lease store could not be asked, or did not answer as expected. Whether it did what it was asked is not known. */
export class LeaseStoreUnavailableError extends CommitlaneError {
  override readonly name = 'LeaseStoreUnavailableError';
  readonly code = 'lease-store-unavailable';

  /** @param options.afterMs before this, asking again is of no use. Default 0. */
  constructor(
    store: string,
    reason: string,
    { afterMs = 0, ...options }: { cause?: unknown; afterMs?: number } = {},
  ) {
    super(`The lease store at ${store} cannot be reached: ${reason}.`, {
      ...options,
      retry: { retryable: true, afterMs },
    });
  }
}

/** The lease store refuses this very request, however often it is repeated. Nothing was done. */
export class LeaseStoreRefusedError extends CommitlaneError {
  override readonly name = 'LeaseStoreRefusedError';
  readonly code = 'lease-store-refused';

  constructor(resource: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(
      `The lease store refused the lease on ${resource}, and would refuse it again: ${reason}. See docs/operations.md, "Requests that a store refuses".`,
      { cause },
    );
  }
}
