import { batches } from '../batch/index.ts';
import { toMemoryStoreError } from './errors.ts';
import type { Memory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { SUBJECTS_PER_REQUEST } from './memory-store.ts';

const { readInBatches } = batches(toMemoryStoreError);

/**
 * The memories of the given subjects that exist, in no order, and when the scope was erased, if it was.
 *
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function readMemories(
  context: Omit<MemoryContext, 'newId'>,
  scope: ScopeKey,
  subjects: readonly Subject[],
): Promise<{ readonly memories: readonly Memory[]; readonly erasedAtMs: number | undefined }> {
  let erasedAtMs: number | undefined;
  const read = async (some: readonly Subject[]) => {
    const { memories: found, left, ...marked } = await context.memories.readMemories(scope, some);
    erasedAtMs = marked.erasedAtMs;
    return { found, left };
  };
  const memories = await readInBatches(
    'readMemories',
    subjects,
    { most: SUBJECTS_PER_REQUEST, read },
    context,
  );
  return { memories, erasedAtMs };
}

/** Whether what was said then went when the scope was erased. */
export function isErased(saidAtMs: number, erasedAtMs: number | undefined): boolean {
  return erasedAtMs !== undefined && saidAtMs <= erasedAtMs;
}
