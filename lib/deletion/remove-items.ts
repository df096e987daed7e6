import { retention, type SessionKey } from '../session/index.ts';
import { finishBatch, ITEMS_PER_REQUEST } from '../store/index.ts';
import { fromSortKey } from '../table/index.ts';
import type { DeletionContext } from './deletion-context.ts';

/**
 * Removes what the session has beside its log, page by page: whatever was there when the session was marked, and vectors
 * that were written until its archives were closed. What else is written to a marked session, a commit's status or an
 * append's key, expires.
 *
 * @throws StoreUnavailableError when the database gets nowhere any more; the signal's reason.
 */
export async function removeItems(
  { store, lease }: DeletionContext,
  key: SessionKey,
  signal: AbortSignal,
): Promise<void> {
  const page = { limit: ITEMS_PER_REQUEST };
  let names = removable(await store.listItems(key, page));
  for (let last = names.at(-1); last !== undefined; last = names.at(-1)) {
    const expiresAtMs = lease.clock.now() + retention.closedPositionMs;
    const remove = (rest: readonly string[]) => store.removeItems(key, rest, expiresAtMs);
    await finishBatch('removeItems', names, remove, { ...lease, signal });
    signal.throwIfAborted();
    names = removable(await store.listItems(key, { ...page, after: last }));
  }
}

/**
 * Vectors of messages may be written, before those that a page lists, as long as an archive is open. A page with archives
 * is therefore cut before its vectors: those are listed again when all archives are closed.
 */
function removable(names: readonly string[]): readonly string[] {
  if (!names.some(fromSortKey.isOfArchive)) return names;
  return names.filter((name) => fromSortKey.kind(name) !== 'EMBEDDING');
}
