import type { Patience } from '../batch/index.ts';
import type { MemoryStore } from './memory-store.ts';

/** What changing memories depends on. */
export interface MemoryContext extends Patience {
  readonly memories: MemoryStore;
  /** Unique at every call. */
  readonly newId: () => string;
}
