import type { Memory, ScopeKey } from './memory.ts';
import type { MemoryCategory } from './memory-category.ts';

/** The port between memories and the database; each method is one request, and reads are strongly consistent. */
export interface MemoryStore {
  readMemory(scope: ScopeKey, category: MemoryCategory, key: string): Promise<Memory | undefined>;
  /** Writes a memory of version 1 if absent, and a later one if its predecessor is there; returns whether it did so. */
  putMemory(scope: ScopeKey, memory: Memory): Promise<boolean>;
  /** Deletes a memory if it is still of this version; returns whether it is gone. */
  deleteMemory(scope: ScopeKey, memory: Memory): Promise<boolean>;
  /** One page in the order of category and key; `nextAfter` of one page is `after` of the next. */
  listMemories(
    scope: ScopeKey,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly memories: readonly Memory[]; readonly nextAfter?: string }>;
}
