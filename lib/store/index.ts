export { dynamodbMemoryStore } from './dynamodb/dynamodb-memory-store.ts';
export { dynamodbSessionStore } from './dynamodb/dynamodb-session-store.ts';
export {
  FenceRejectedError,
  SessionNotFoundError,
  StoreUnavailableError,
  toStoreError,
} from './errors.ts';
export { finishBatch, type Patience } from './finish-batch.ts';
export { markRetrying } from './mark-retrying.ts';
export { memorySessionStore } from './memory/memory-session-store.ts';
export { readAllManifests } from './read-all-manifests.ts';
export {
  CHECK_SHARDS,
  type DeletedSession,
  ITEMS_PER_REQUEST,
  MANIFESTS_PER_REQUEST,
  type SessionStore,
  type TakenPosition,
} from './session-store.ts';
export { stopWhenAborted } from './stop-when-aborted.ts';
