import type { Clock } from '../clock/index.ts';
import type { SessionStore } from '../store/index.ts';

/** What the session log depends on. */
export interface LogContext {
  readonly store: SessionStore;
  readonly clock: Clock;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
}
