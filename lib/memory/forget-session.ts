import { MemoryContendedError } from './errors.ts';
import type { Memory, ScopeKey } from './memory.ts';
import type { MemoryStore } from './memory-store.ts';

const PAGE = 100;
const MAX_ATTEMPTS = 5;

/**
 * Takes a session's evidence out of its scope's memories: a memory that rests on no other session is deleted, any
 * other only forgets that it was seen there. Forgetting again changes nothing. One that more than 500 sessions gave
 * evidence for stays, since some of them are not listed: what others said is not lost with this one.
 *
 * @param signal ends it between two memories, with its reason; forgetting again goes on.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError.
 */
export async function forgetSession(
  store: MemoryStore,
  scope: ScopeKey,
  session: string,
  signal: AbortSignal,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = await store.listMemories(scope, { limit: PAGE, ...(after !== undefined && { after }) });
    for (const memory of page.memories) {
      signal.throwIfAborted();
      await forgetEvidence(store, scope, memory, session);
    }
    after = page.nextAfter;
  } while (after !== undefined);
}

async function forgetEvidence(
  store: MemoryStore,
  scope: ScopeKey,
  memory: Memory,
  session: string,
): Promise<void> {
  let known: Memory | undefined = memory;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const archives = known?.archives.filter((source) => source.session !== session) ?? [];
    if (!known || archives.length === known.archives.length) return;
    const forgotten =
      archives.length === 0 && !known.hasUnlistedSessions
        ? await store.deleteMemory(scope, known)
        : await store.putMemory(scope, { ...known, archives, version: known.version + 1 });
    if (forgotten) return;
    known = await store.readMemory(scope, memory.category, memory.key);
  }
  throw new MemoryContendedError(`${memory.category}#${memory.key}`, MAX_ATTEMPTS);
}
