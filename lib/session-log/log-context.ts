import type { Clock } from '../clock/index.ts';
import type { LogStore, MetaStore } from '../store/index.ts';

/** What the session log depends on. */
export interface LogContext {
  readonly store: MetaStore & LogStore;
  readonly clock: Clock;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
}
