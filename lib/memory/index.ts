export { dynamodbMemoryStore } from './dynamodb-memory-store.ts';
export { forgetSession } from './forget-session.ts';
export { inProcessMemoryStore } from './in-process-memory-store.ts';
export {
  type EvidencedMemory,
  type ExtractedMemory,
  extractedMemorySchema,
  type Memory,
  type MemoryCategory,
  memoryCategories,
  memoryCategorySchema,
} from './memory.ts';
export type { MemoryStore } from './memory-store.ts';
export { mergeMemory } from './merge-memory.ts';
