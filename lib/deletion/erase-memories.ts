import { eraseScope, type MemoryContext, type ScopeKey } from '../memory/index.ts';
import type { DeletionContext } from './deletion-context.ts';
import { withScope } from './with-scope.ts';

/**
 * Erases all memories of a scope, for good. Nothing that was said until now is remembered there again, however late it
 * is merged. Sessions, and their archives, stay.
 *
 * @param signal ends it between two requests, with its reason; erasing again goes on where it ended.
 * @throws LeaseUnavailableError while others hold the lease on the memories; MemoryContendedError,
 * MemoryStoreUnavailableError: erasing again is right. MemoryStoreRefusedError.
 */
export async function eraseMemories(
  context: Omit<DeletionContext, 'store'>,
  scope: ScopeKey,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.lease;
  await withScope(context, scope, signal, async (memories) => {
    const untilMs = Math.max(clock.now(), await lastSeen(memories, scope));
    await eraseScope(memories, scope, untilMs);
  });
}

/** Another machine's clock may be ahead, and what people enter is later than all that they correct. */
async function lastSeen({ memories, signal }: MemoryContext, scope: ScopeKey): Promise<number> {
  let newestMs = 0;
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await memories.listMemories(scope, { ...(after !== undefined && { after }) });
    for (const { lastSeenAtMs } of page.memories) newestMs = Math.max(newestMs, lastSeenAtMs);
    after = page.nextAfter;
  } while (after !== undefined);
  return newestMs;
}
