import type { Clock } from '../clock/index.ts';
import type { LeaseEvent } from './lease-event.ts';
import type { LeaseStore } from './lease-store.ts';

/** What the holding of leases depends on. */
export interface LeaseContext {
  readonly leases: LeaseStore;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Unique at every call. */
  readonly newId: () => string;
  readonly onEvent: (event: LeaseEvent) => void;
}

/** How long a lease lasts and how long it is waited for; whichever bound on waiting comes first. */
export interface LeasePolicy {
  /** A dead holder is replaced after this time; a living one renews every third of it. */
  readonly ttlMs: number;
  /** The longest wait between two attempts; the wait itself is random, from 0 up. */
  readonly retryIntervalMs: number;
  /** Attempts after the first. */
  readonly maxRetries: number;
  /** From the first attempt to the last. */
  readonly acquireTimeoutMs: number;
}
