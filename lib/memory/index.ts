export {
  type ExtractedMemory,
  extractedMemorySchema,
  type MemoryCategory,
  memoryCategories,
  memoryCategorySchema,
} from './memory.ts';
