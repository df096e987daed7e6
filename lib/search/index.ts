export { type MemoryHit, searchMemories } from './search-memories.ts';
export { type MessageHit, searchSession } from './search-session.ts';
