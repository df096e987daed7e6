export { allSources } from './all-sources.ts';
export { ANY_SESSION } from './bounded-carried.ts';
export { carriedFrom, type ShownMemory } from './carried-from.ts';
export { type Entry, enterMemory } from './enter-memory.ts';
export { eraseScope } from './erase-scope.ts';
export { eraseSession } from './erase-session.ts';
export {
  MemoryContendedError,
  MemoryNotForgottenError,
  MemoryNotFoundError,
  toMemoryStoreError,
} from './errors.ts';
export { keepExtraction } from './keep-extraction.ts';
export {
  type ArchiveAuthor,
  type Author,
  type EarlierMemory,
  type EvidencedMemory,
  type ExtractedMemory,
  extractedMemorySchema,
  type Memory,
  type PersonAuthor,
  type ScopeKey,
  type Subject,
} from './memory.ts';
export { builtInCategories, type MemoryCategory, memoryCategorySchema } from './memory-category.ts';
export type { MemoryContext } from './memory-context.ts';
export { memoryKey, memoryKeySchema } from './memory-key.ts';
export {
  type ArchiveState,
  type ChangeOutcome,
  type KeptExtraction,
  type MemoryChange,
  type MemoryStore,
  type Source,
  SUBJECTS_PER_REQUEST,
} from './memory-store.ts';
export { type MergeCounts, mergeStatements } from './merge-statements.ts';
export { readSubject } from './read-subject.ts';
export { type ReplacementCounts, replaceStatements } from './replace-statements.ts';
export { type Carried, type Statement, statementName, subjectName } from './statement.ts';
export { viewOf } from './view-of.ts';
