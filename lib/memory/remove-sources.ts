import type { ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { ITEMS_PER_CHANGE, type Source } from './memory-store.ts';

/**
 * Takes the names off sources whose statements are gone, and the sources away that name nothing any more; one that
 * got another name meanwhile stays.
 *
 * @param options.areStruck their archives' manifests hold no words of their sessions any more.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function removeSources(
  { memories, signal }: Pick<MemoryContext, 'memories' | 'signal'>,
  scope: ScopeKey,
  sources: readonly Source[],
  { areStruck = false }: { readonly areStruck?: boolean } = {},
): Promise<void> {
  for (let start = 0; start < sources.length; start += ITEMS_PER_CHANGE) {
    signal?.throwIfAborted();
    const some = sources.slice(start, start + ITEMS_PER_CHANGE);
    const named = some.filter(({ names }) => names.length > 0);
    if (named.length > 0) {
      const dropped = named.map(({ session, author, names }) => ({ session, author, drop: names }));
      await memories.change(scope, { sources: dropped });
    }
    const removed = some.map(({ session, author }) => ({ session, author, isStruck: areStruck }));
    const emptied = await memories.change(scope, { removedSources: removed });
    if (emptied !== 'done') {
      for (const source of removed) await memories.change(scope, { removedSources: [source] });
    }
  }
}
