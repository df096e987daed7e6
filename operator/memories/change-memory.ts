import { type Entry, enterMemory, type ScopeKey, type Subject } from '../../lib/memory/index.ts';
import type { Target } from '../target/index.ts';
import { type MemoryDocument, memoryDocument } from './memory-document.ts';
import { operatorName } from './operator-name.ts';

/** Where a memory is. */
export type MemoryAddress = ScopeKey & Subject;

/**
 * Enters what an operator says of a memory: what holds, that it is forgotten, or that it is restored. No lease is taken:
 * the conditions of the write are enough, and nothing waits for a merge.
 *
 * @throws MemoryNotFoundError, MemoryNotForgottenError, MemoryContendedError, MemoryStoreUnavailableError,
 * MemoryStoreRefusedError; the signal's reason.
 */
export async function changeMemory(
  target: Target,
  { tenant, scope, category, key }: MemoryAddress,
  entry: Entry,
  signal: AbortSignal,
): Promise<MemoryDocument> {
  const { memories, clock, random, newId } = target;
  const context = { memories, clock, random, newId, now: () => clock.now(), signal };
  const who = await operatorName(target);
  return memoryDocument(await enterMemory(context, { tenant, scope }, { category, key }, { entry, who }));
}
