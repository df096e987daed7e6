export { changeMemory, type MemoryAddress } from './change-memory.ts';
export { type ErasureDocument, eraseMemories } from './erase-memories.ts';
export { listMemories, type MemoryListDocument } from './list-memories.ts';
export type { AuthorDocument, MemoryDocument } from './memory-document.ts';
export { type MemoryHistoryDocument, readMemory, type StatementDocument } from './read-memory.ts';
export { type MemoryHitsDocument, searchMemories } from './search-memories.ts';
export { statementWords } from './statement-words.ts';
