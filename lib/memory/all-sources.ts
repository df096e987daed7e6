import type { ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { Source } from './memory-store.ts';

/**
 * Where a session's words are in a scope, page by page; where those of all sessions are, where none is named.
 *
 * @param author in the statements of this one only; of all unless given.
 *
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function allSources(
  { memories, signal }: Pick<MemoryContext, 'memories' | 'signal'>,
  scope: ScopeKey,
  session?: string,
  author?: string,
): Promise<Source[]> {
  const sources: Source[] = [];
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await memories.listSources(scope, session, {
      ...(author !== undefined && { author }),
      ...(after !== undefined && { after }),
    });
    sources.push(...page.sources);
    after = page.nextAfter;
  } while (after !== undefined);
  return sources;
}
