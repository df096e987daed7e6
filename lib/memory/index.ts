export { dynamodbMemoryStore } from './dynamodb-memory-store.ts';
export { MemoryContendedError, MemoryStoreUnavailableError } from './errors.ts';
export { forgetSession } from './forget-session.ts';
export { inProcessMemoryStore } from './in-process-memory-store.ts';
export {
  type EvidencedMemory,
  type ExtractedMemory,
  extractedMemorySchema,
  type Memory,
  type MemoryCategory,
  type MemorySource,
  memoryCategories,
  memoryCategorySchema,
  type ScopeKey,
} from './memory.ts';
export type { MemoryStore } from './memory-store.ts';
export { type MergeOutcome, mergeMemory } from './merge-memory.ts';
