import type { Clock } from '../clock/index.ts';
import type { CommitMessage, Sender } from '../queue/index.ts';
import type { SessionStore } from '../store/index.ts';

/** What an import works on. */
export interface ImportContext {
  readonly store: SessionStore;
  readonly commits: Sender<CommitMessage>;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
  /** Ends the import between two requests. */
  readonly signal: AbortSignal;
}
