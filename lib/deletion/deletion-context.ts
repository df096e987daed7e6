import type { LeaseContext, LeasePolicy } from '../lease/index.ts';
import type { MemoryStore } from '../memory/index.ts';
import type { ArchiveStore, DeletionStore, MetaStore } from '../store/index.ts';

/** What deleting a session depends on. */
export interface DeletionContext {
  readonly store: MetaStore & DeletionStore & ArchiveStore;
  readonly memories: MemoryStore;
  readonly lease: LeaseContext;
  readonly limits: { readonly lease: LeasePolicy; readonly memoryLease: LeasePolicy };
  /** Names this worker to others that find a lease busy. */
  readonly owner: string;
}
