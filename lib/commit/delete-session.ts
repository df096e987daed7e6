import { type LeaseContext, type LeasePolicy, withLease } from '../lease/index.ts';
import { forgetSession, type MemoryStore } from '../memory/index.ts';
import { retention, type SessionKey } from '../session/index.ts';
import {
  type DeletedSession,
  type DeletionStore,
  finishBatch,
  ITEMS_PER_REQUEST,
  type MetaStore,
  SessionNotFoundError,
} from '../store/index.ts';
import { leaseResources } from '../table/index.ts';

export interface DeletionContext {
  readonly store: MetaStore & DeletionStore;
  readonly memories: MemoryStore;
  readonly lease: LeaseContext;
  readonly limits: { readonly lease: LeasePolicy; readonly memoryLease: LeasePolicy };
  readonly owner: string;
}

/**
 * Deletes a session with its messages, archives and commits, for good: its id is not used again. It takes the
 * session's lease, so that no commit is writing; once the session is marked, none can begin.
 *
 * @param options.memories also forget what rests on this session alone.
 * @param signal ends it between two requests, with its reason; deleting again goes on where it ended.
 * @throws SessionNotFoundError for a session that never was, or is gone; LeaseUnavailableError while a commit runs;
 * MemoryContendedError, StoreUnavailableError, MemoryStoreUnavailableError: deleting again is right.
 */
export async function deleteSession(
  context: DeletionContext,
  key: SessionKey,
  options: { readonly memories: boolean },
  signal: AbortSignal,
): Promise<void> {
  const { store } = context;
  const earlier = await store.readDeleted(key);
  if (earlier && !options.memories && (await store.listItems(key, 1)).length === 0) {
    throw new SessionNotFoundError(key);
  }
  const deleted = earlier ?? (await mark(context, key, signal));
  await closeLog(context, key, deleted, signal);
  if (options.memories) await forget(context, key, deleted, signal);
  await purge(context, key, signal);
}

function mark({ store, lease, limits, owner }: DeletionContext, key: SessionKey, signal: AbortSignal) {
  const request = { resource: leaseResources.session(key), owner, policy: limits.lease, signal };
  return withLease(lease, request, async (held): Promise<DeletedSession> => {
    const { fence, scope, sealed, committedThrough, nextSeq } = await store.claim(key);
    held.throwIfAborted();
    const liveFrom = sealed?.from ?? committedThrough + 1;
    const deleted = { deletedAtMs: lease.clock.now(), scope, liveFrom, liveTo: nextSeq - 1 };
    await store.markDeleted(key, fence, deleted);
    return deleted;
  });
}

/**
 * Overwrites what is live with voids, which expire. Deleting it would let an append that is still on its way, or a
 * retry of one, be written after the deletion, and stay for good.
 */
async function closeLog(
  { store, lease }: DeletionContext,
  key: SessionKey,
  { liveFrom, liveTo }: DeletedSession,
  signal: AbortSignal,
): Promise<void> {
  for (let from = liveFrom; from <= liveTo; from += ITEMS_PER_REQUEST) {
    const count = Math.min(ITEMS_PER_REQUEST, liveTo - from + 1);
    const positions = Array.from({ length: count }, (_, index) => from + index);
    const expiresAtMs = lease.clock.now() + retention.closedPositionMs;
    const close = (rest: readonly number[]) => store.closePositions(key, rest, expiresAtMs);
    await finishBatch('closePositions', positions, close, { ...lease, signal });
  }
}

function forget(
  { memories, lease, limits, owner }: DeletionContext,
  { tenant, session }: SessionKey,
  { scope }: DeletedSession,
  signal: AbortSignal,
) {
  const resource = leaseResources.memories({ tenant, scope });
  const request = { resource, owner, policy: limits.memoryLease, signal };
  return withLease(lease, request, (held) => forgetSession(memories, { tenant, scope }, session, held));
}

async function purge({ store, lease }: DeletionContext, key: SessionKey, signal: AbortSignal) {
  for (;;) {
    signal.throwIfAborted();
    const names = await store.listItems(key, ITEMS_PER_REQUEST);
    if (names.length === 0) return;
    const remove = (rest: readonly string[]) => store.deleteItems(key, rest);
    await finishBatch('deleteItems', names, remove, { ...lease, signal });
  }
}
