import {
  type Memory,
  type MemoryContext,
  readMemories,
  type ScopeKey,
  type Subject,
  subjectName,
} from '../memory/index.ts';
import { fuse } from './fuse.ts';

export interface FusedMemory {
  readonly memory: Memory & { readonly text: string };
  /** Above 0; comparable within one answer only. */
  readonly score: number;
}

/**
 * Memories that were found by words with those that are near by meaning. Those that only the meaning finds are read, as they
 * are now; what was taken back or erased meanwhile is left out.
 *
 * @param found.byWords best first.
 * @param found.near nearest first.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function fuseMemories(
  context: Omit<MemoryContext, 'newId'>,
  scope: ScopeKey,
  {
    byWords,
    near,
    limit,
  }: {
    readonly byWords: readonly FusedMemory['memory'][];
    readonly near: readonly Subject[];
    readonly limit: number;
  },
): Promise<FusedMemory[]> {
  const fused = fuse<Subject>([byWords, near], subjectName);
  const known = new Map(byWords.map((memory) => [subjectName(memory), memory]));
  const unread = fused
    .slice(0, limit)
    .map(({ item: { category, key } }) => ({ category, key }))
    .filter((subject) => !known.has(subjectName(subject)));
  if (unread.length > 0) {
    const { memories } = await readMemories(context, scope, unread);
    for (const { text, ...memory } of memories) {
      if (text !== undefined) known.set(subjectName(memory), { ...memory, text });
    }
  }
  return fused
    .flatMap(({ item, score }) => {
      const memory = known.get(subjectName(item));
      return memory ? [{ memory, score }] : [];
    })
    .slice(0, limit);
}
