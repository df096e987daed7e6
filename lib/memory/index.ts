export { toMemoryStoreError } from './errors.ts';
export { forgetSession } from './forget-session.ts';
export { inProcessMemoryStore } from './in-process-memory-store.ts';
export {
  type EvidencedMemory,
  type ExtractedMemory,
  extractedMemorySchema,
  type Memory,
  type ScopeKey,
} from './memory.ts';
export { builtInCategories, type MemoryCategory, memoryCategorySchema } from './memory-category.ts';
export { memoryKey, memoryKeySchema } from './memory-key.ts';
export type { MemoryStore } from './memory-store.ts';
export { mergeMemory } from './merge-memory.ts';
