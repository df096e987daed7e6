import { withLease } from '../lease/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type DeletedSession, FenceRejectedError, SessionNotFoundError } from '../store/index.ts';
import { leaseResources } from '../table/index.ts';
import type { DeletionContext } from './deletion-context.ts';

/**
 * Marks a session as deleted, under its lease, and returns its mark, whoever set it: another deletion may be sooner,
 * and so may an earlier try of this one, whose answer was lost.
 *
 * @throws SessionNotFoundError when there is neither session nor mark; FenceRejectedError when a commit was sooner;
 * LeaseUnavailableError, StoreUnavailableError.
 */
export async function markDeleted(
  context: DeletionContext,
  key: SessionKey,
  signal: AbortSignal,
): Promise<DeletedSession> {
  const { lease, limits, owner } = context;
  const request = { resource: leaseResources.session(key), owner, policy: limits.lease, signal };
  try {
    return await withLease(lease, request, (held) => claimAndMark(context, key, held));
  } catch (error) {
    if (!(error instanceof SessionNotFoundError || error instanceof FenceRejectedError)) throw error;
    const marked = await context.store.readDeleted(key);
    if (marked) return marked;
    throw error;
  }
}

async function claimAndMark({ store, lease }: DeletionContext, key: SessionKey, held: AbortSignal) {
  const { fence, sealed, committedThrough } = await store.claim(key);
  held.throwIfAborted();
  const liveFrom = sealed?.from ?? committedThrough + 1;
  return store.markDeleted(key, fence, { deletedAtMs: lease.clock.now(), liveFrom });
}
