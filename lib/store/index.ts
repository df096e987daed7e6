export { dynamodbSessionStore } from './dynamodb/dynamodb-session-store.ts';
export { keys as itemNames } from './dynamodb/keys.ts';
export { FenceRejectedError, SessionNotFoundError, StoreUnavailableError } from './errors.ts';
export { markRetrying } from './mark-retrying.ts';
export { memorySessionStore } from './memory/memory-session-store.ts';
export {
  CHECK_SHARDS,
  type DeletedSession,
  dueIndex,
  ITEMS_PER_REQUEST,
  MANIFESTS_PER_REQUEST,
  type SessionStore,
} from './session-store.ts';
export { stopWhenAborted } from './stop-when-aborted.ts';
