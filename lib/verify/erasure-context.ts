import type { DeletionStore, MetaStore } from '../store/index.ts';
import type { MemoryItems } from './memory-items.ts';

/** What verifying an erasure depends on. It reads, and writes nothing. */
export interface ErasureContext {
  readonly store: Pick<MetaStore & DeletionStore, 'readMeta' | 'readDeleted'>;
  readonly memoryItems: MemoryItems;
}
