import type { Clock } from '../clock/index.ts';
import type { CommitMessage, DeletionContext } from '../commit/index.ts';
import type { Sender } from '../queue/index.ts';

/** What the API depends on. */
export interface ApiContext extends DeletionContext {
  readonly commits: Sender<CommitMessage>;
  readonly clock: Clock;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
}
