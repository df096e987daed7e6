import { withLease } from '../lease/index.ts';
import { forgetSession } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type DeletedSession, SessionNotFoundError } from '../store/index.ts';
import { leaseResources } from '../table/index.ts';
import { closePlaces } from './close-places.ts';
import type { DeletionContext } from './deletion-context.ts';
import { markDeleted } from './mark-deleted.ts';
import { removeItems } from './remove-items.ts';

/**
 * Deletes a session with its messages, archives and commits, for good: its id is not used again. It takes the
 * session's lease, so that no commit is writing; once the session is marked, none can begin. What is on its way then
 * cannot write a message any more: docs/protocol.md, "Deleting a session".
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
  const { store, lease } = context;
  const earlier = await store.readDeleted(key);
  if (earlier?.finishedAtMs !== undefined && !options.memories) throw new SessionNotFoundError(key);
  const deleted = earlier ?? (await markDeleted(context, key, signal));
  await closePlaces(context, key, deleted, signal);
  if (options.memories) await forgetMemories(context, key, deleted, signal);
  await removeItems(context, key, signal);
  // From here on there is nothing to go on with: it comes last.
  await store.finishDeletion(key, lease.clock.now());
}

function forgetMemories(
  { memories, lease, limits, owner }: DeletionContext,
  { tenant, session }: SessionKey,
  { scope }: DeletedSession,
  signal: AbortSignal,
): Promise<void> {
  const resource = leaseResources.memories({ tenant, scope });
  const request = { resource, owner, policy: limits.memoryLease, signal };
  return withLease(lease, request, (held) => forgetSession(memories, { tenant, scope }, session, held));
}
