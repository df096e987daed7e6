export { deleteSession } from './delete-session.ts';
export type { DeletionContext } from './deletion-context.ts';
export { eraseMemories } from './erase-memories.ts';
