export { ANY_SESSION } from './bounded-carried.ts';
export { carriedFrom, type ShownMemory } from './carried-from.ts';
export { type Entry, enterMemory } from './enter-memory.ts';
export { eraseScope } from './erase-scope.ts';
export { eraseSession } from './erase-session.ts';
export { eraseSubject } from './erase-subject.ts';
export {
  MemoryNotForgottenError,
  MemoryNotFoundError,
  toMemoryStoreError,
} from './errors.ts';
export { keepExtraction } from './keep-extraction.ts';
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
export type { MemoryEvent } from './memory-event.ts';
export { memoryKey, memoryKeySchema } from './memory-key.ts';
export type {
  ArchiveState,
  ChangeOutcome,
  KeptExtraction,
  MemoryChange,
  MemoryStore,
  Source,
} from './memory-store.ts';
export { memoryTextSchema } from './memory-text.ts';
export { mergeStatements } from './merge-statements.ts';
export { readArchiveStatements } from './read-archive-statements.ts';
export { readHistory } from './read-history.ts';
export { isErased, readMemories } from './read-memories.ts';
export { readSubject } from './read-subject.ts';
export { replaceStatements } from './replace-statements.ts';
export { sessionsOf } from './rewrite.ts';
export {
  archiveOfAuthor,
  authorName,
  type Statement,
  statementName,
  subjectName,
} from './statement.ts';
export { viewOf } from './view-of.ts';
