import { eraseScope, type ScopeKey } from '../memory/index.ts';
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
    await eraseScope(memories, scope, clock.now());
  });
}
