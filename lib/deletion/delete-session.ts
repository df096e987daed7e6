import { withLease } from '../lease/index.ts';
import { type EvidencedMemory, eraseSession } from '../memory/index.ts';
import { stopWhenAborted } from '../port/index.ts';
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
 * @param options.memories also erase what was remembered of it, in every scope that it ever fed.
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
  // From here on no follow-up of its archives can merge anything.
  await removeItems(context, key, signal);
  if (options.memories) await eraseMemories(context, key, deleted, signal);
  // From here on there is nothing to go on with: it comes last.
  await store.finishDeletion(key, lease.clock.now());
}

/** In every scope that the session ever fed. */
async function eraseMemories(
  context: DeletionContext,
  { tenant, session }: SessionKey,
  { scope, formerScopes = [] }: DeletedSession,
  signal: AbortSignal,
): Promise<void> {
  const { memories, lease, limits, owner } = context;
  const drop = (archive: ArchivePlace) => dropFound(context, { tenant, session }, archive);
  for (const name of new Set([scope, ...formerScopes])) {
    const key = { tenant, scope: name };
    const request = { resource: leaseResources.memories(key), owner, policy: limits.memoryLease, signal };
    await withLease(lease, request, (held) =>
      eraseSession({ ...lease, memories: stopWhenAborted(memories, held), signal: held }, key, session, drop),
    );
  }
}

interface ArchivePlace {
  readonly session: string;
  readonly archive: number;
}

/** What another session's archive was found to say when it was extracted once more, in words of this one. */
async function dropFound(
  { store, lease }: DeletionContext,
  { tenant, session }: SessionKey,
  { session: other, archive }: ArchivePlace,
): Promise<void> {
  const key = { tenant, session: other };
  const again = (await store.readManifest(key, archive))?.followUp.again;
  if (again?.extraction.outcome !== 'done') return;
  const isOfSession = ({ carriedFrom = [] }: EvidencedMemory) => carriedFrom.flat().includes(session);
  if (!again.extraction.memories.some(isOfSession)) return;
  const reason = 'It held words of a session that was deleted with its memories meanwhile.';
  await store.failAgain(key, archive, again.id, { atMs: lease.clock.now(), reason, drops: true });
}
