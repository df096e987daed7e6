import type { Memory, MemoryCategory, ScopeKey } from './memory.ts';

/** The port between memories and the database; each method is one request, and reads are strongly consistent unless told. */
export interface MemoryStore {
  readMemory(scope: ScopeKey, category: MemoryCategory, key: string): Promise<Memory | undefined>;
  /** Writes a memory of version 1 if absent, and a later one if its predecessor is there; returns whether it did so. */
  putMemory(scope: ScopeKey, memory: Memory): Promise<boolean>;
  /** Deletes a memory if it is still of this version; returns whether it is gone. */
  deleteMemory(scope: ScopeKey, memory: Memory): Promise<boolean>;
  /** One page in the order of category and key; `nextAfter` of one page is `after` of the next, of the same category if any. */
  listMemories(scope: ScopeKey, page: MemoryPage): Promise<MemoryList>;
}

/** Which page of a scope's memories is asked for. */
interface MemoryPage {
  /** At most so many memories; by default as many as the database gives at once: 1 MB of them. */
  readonly limit?: number;
  /** Begins behind this one; `<category>#<key>`. */
  readonly after?: string;
  /** Only memories of this category; of all by default. */
  readonly category?: MemoryCategory;
  /** What was written a moment ago may be missing; a read costs half. False by default. */
  readonly mayBeStale?: boolean;
}

interface MemoryList {
  readonly memories: readonly Memory[];
  /** Absent on the last page. */
  readonly nextAfter?: string;
}
