export { fuse } from './fuse.ts';
export { meaningOf } from './meaning-of.ts';
export type { Meaning } from './near-by-meaning.ts';
export { type Ranking, rankings } from './ranking.ts';
export type { SearchEvent } from './search-event.ts';
export { type MemoryHit, searchMemories } from './search-memories.ts';
export { type MessageHit, searchSession } from './search-session.ts';
