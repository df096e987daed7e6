import { withLease } from '../lease/index.ts';
import type { MemoryContext, ScopeKey } from '../memory/index.ts';
import { stopWhenAborted } from '../port/index.ts';
import { leaseResources } from '../table/index.ts';
import type { DeletionContext } from './deletion-context.ts';

/**
 * Works on a scope's memories under their lease, so that no merge is on its way; the work ends when the lease is lost.
 *
 * @throws LeaseUnavailableError while others hold it; what `work` throws.
 */
export async function withScope(
  { memories, lease, limits, owner }: Omit<DeletionContext, 'store'>,
  scope: ScopeKey,
  signal: AbortSignal,
  work: (context: MemoryContext & { readonly signal: AbortSignal }) => Promise<void>,
): Promise<void> {
  const request = { resource: leaseResources.memories(scope), owner, policy: limits.memoryLease, signal };
  await withLease(lease, request, (held) =>
    work({ ...lease, memories: stopWhenAborted(memories, held), signal: held }),
  );
}
