import type { LeaseLossCause } from './errors.ts';
import type { LeaseHolder } from './lease-store.ts';

/** What happens to a lease, with its numbers, for logs and metrics. */
export type LeaseEvent = { readonly resource: string } & (
  | {
      readonly type: 'lease.acquired';
      readonly attempts: number;
      readonly waitedMs: number;
      /** Whose expired lease was taken over. */
      readonly tookOverFrom?: LeaseHolder;
    }
  | { readonly type: 'lease.busy'; readonly leaseAttempt: number; readonly holder: LeaseHolder }
  | { readonly type: 'lease.acquire-failed'; readonly leaseAttempt: number; readonly error: unknown }
  | {
      readonly type: 'lease.unavailable';
      readonly attempts: number;
      readonly waitedMs: number;
      readonly holder?: LeaseHolder;
    }
  | { readonly type: 'lease.renewal-failed'; readonly sinceRenewalMs: number; readonly error: unknown }
  | {
      readonly type: 'lease.lost';
      readonly lossCause: LeaseLossCause;
      readonly heldMs: number;
      readonly successor?: LeaseHolder;
    }
  | { readonly type: 'lease.released'; readonly heldMs: number }
  | { readonly type: 'lease.release-failed'; readonly heldMs: number; readonly error: unknown }
);
