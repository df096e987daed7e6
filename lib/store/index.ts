export type { Patience } from '../batch/index.ts';
export {
  type ArchiveItem,
  type ArchiveStore,
  type ArchivesThrough,
  MANIFESTS_PER_REQUEST,
} from './archive-store.ts';
export { CHECK_SHARDS, type CheckStore } from './check-store.ts';
export type { CommitStatusStore } from './commit-status-store.ts';
export type { DeletedSession, DeletionStore } from './deletion-store.ts';
export { dynamodbMemoryStore } from './dynamodb/dynamodb-memory-store.ts';
export { dynamodbSessionStore } from './dynamodb/dynamodb-session-store.ts';
export { dynamodbVectorStore } from './dynamodb/dynamodb-vector-store.ts';
export {
  FenceRejectedError,
  SessionNotFoundError,
  StoreUnavailableError,
  toStoreError,
} from './errors.ts';
export { finishBatch, readInBatches } from './in-batches.ts';
export { inProcessMemoryStore } from './in-process/in-process-memory-store.ts';
export { inProcessSessionStore } from './in-process/in-process-session-store.ts';
export { inProcessVectorStore } from './in-process/in-process-vector-store.ts';
export {
  type CommitKey,
  ITEMS_PER_LIST,
  LIST_SHARDS,
  type ListStore,
  type SessionList,
} from './list-store.ts';
export { logPages } from './log-pages.ts';
export type { LogRange, LogStore } from './log-store.ts';
export { markRetrying } from './mark-retrying.ts';
export type { MetaStore, TakenPosition } from './meta-store.ts';
export { readAllManifests } from './read-all-manifests.ts';
export { ITEMS_PER_REQUEST, type SessionStore } from './session-store.ts';
