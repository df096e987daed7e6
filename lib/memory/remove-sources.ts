import type { ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { ITEMS_PER_CHANGE, type Source } from './memory-store.ts';

/**
 * Takes the names off sources whose statements are gone, and the sources away that name nothing any more; one that
 * got another name meanwhile stays.
 *
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function removeSources(
  { memories, signal }: Pick<MemoryContext, 'memories' | 'signal'>,
  scope: ScopeKey,
  sources: readonly Source[],
): Promise<void> {
  for (let start = 0; start < sources.length; start += ITEMS_PER_CHANGE) {
    signal?.throwIfAborted();
    const some = sources.slice(start, start + ITEMS_PER_CHANGE);
    const named = some.filter(({ names }) => names.length > 0);
    if (named.length > 0) {
      const dropped = named.map(({ session, author, names }) => ({ session, author, drop: names }));
      await memories.change(scope, { sources: dropped });
    }
    const emptied = await memories.change(scope, { removedSources: some });
    if (emptied !== 'done') {
      for (const source of some) await memories.change(scope, { removedSources: [source] });
    }
  }
}
