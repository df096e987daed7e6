export { announceCarried } from './announce-carried.ts';
export { carriedFrom, type ShownMemory } from './carried-from.ts';
export { type Entry, enterMemory } from './enter-memory.ts';
export { eraseScope } from './erase-scope.ts';
export { eraseSession } from './erase-session.ts';
export {
  MemoryNotForgottenError,
  MemoryNotFoundError,
  toMemoryStoreError,
} from './errors.ts';
export {
  type Author,
  type EarlierMemory,
  type EvidencedMemory,
  type ExtractedMemory,
  extractedMemorySchema,
  type Memory,
  type ScopeKey,
  type Subject,
} from './memory.ts';
export { builtInCategories, type MemoryCategory, memoryCategorySchema } from './memory-category.ts';
export type { MemoryContext } from './memory-context.ts';
export { memoryKey, memoryKeySchema } from './memory-key.ts';
export type {
  ArchiveState,
  ChangeOutcome,
  MemoryChange,
  MemoryStore,
  Source,
} from './memory-store.ts';
export { mergeStatements } from './merge-statements.ts';
export { readArchiveStatements } from './read-archive-statements.ts';
export { readSubject } from './read-subject.ts';
export { replaceStatements } from './replace-statements.ts';
export { type Statement, statementName, subjectName } from './statement.ts';
export { viewOf } from './view-of.ts';
