import type { Clock } from '../clock/index.ts';
import type { CommitMessage } from '../commit/index.ts';
import type { MemoryStore } from '../memory/index.ts';
import type { Sender } from '../queue/index.ts';
import type { SessionStore } from '../store/index.ts';

/** What the API depends on. */
export interface ApiContext {
  readonly store: SessionStore;
  readonly memories: MemoryStore;
  readonly commits: Sender<CommitMessage>;
  readonly clock: Clock;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
}
