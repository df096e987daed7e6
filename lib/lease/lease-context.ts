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
