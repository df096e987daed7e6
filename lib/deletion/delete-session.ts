import { ANY_SESSION, eraseSession } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type DeletedSession, SessionNotFoundError } from '../store/index.ts';
import { closePlaces } from './close-places.ts';
import type { DeletionContext } from './deletion-context.ts';
import { markDeleted } from './mark-deleted.ts';
import { removeItems } from './remove-items.ts';
import { strikeCarried } from './strike-carried.ts';
import { withScope } from './with-scope.ts';

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
  if (options.memories) await eraseEverywhere(context, key, deleted, signal);
  // From here on there is nothing to go on with: it comes last.
  await store.finishDeletion(key, lease.clock.now());
}

/** In every scope that the session ever fed. */
async function eraseEverywhere(
  context: DeletionContext,
  { tenant, session }: SessionKey,
  { scope, formerScopes = [] }: DeletedSession,
  signal: AbortSignal,
): Promise<void> {
  for (const name of new Set([scope, ...formerScopes])) {
    const key = { tenant, scope: name };
    const isErased = (one: string) => one === session || one === ANY_SESSION;
    await withScope(context, key, signal, (memories) =>
      eraseSession(memories, key, session, ({ session: other, archive }) =>
        strikeCarried(context.store, { tenant, session: other }, archive, {
          isErased,
          signal: memories.signal,
        }),
      ),
    );
  }
}
