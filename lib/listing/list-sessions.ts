import type { CommitStatus, SessionKey, SessionMeta } from '../session/index.ts';
import {
  type CommitKey,
  ITEMS_PER_LIST,
  LIST_SHARDS,
  type ListStore,
  type Patience,
  readInBatches,
  type SessionList,
} from '../store/index.ts';

export interface ListedSession {
  readonly session: string;
  readonly meta: SessionMeta & Required<Pick<SessionMeta, 'activeAtMs'>>;
  /** The commit requested last, while its status is kept. */
  readonly lastCommit?: CommitStatus;
}

export interface SessionPage {
  /** Newest activity first. */
  readonly sessions: readonly ListedSession[];
  /** Sessions of this page that cannot be read: their items are damaged, or of a newer release. */
  readonly unreadable: readonly string[];
  /** What to pass as `after` for the next page; absent on the last. */
  readonly nextAfter?: string;
}

interface ListContext extends Patience {
  readonly store: ListStore;
}

/**
 * A page of the sessions of a tenant, or of one of its scopes. Its order is that of the last appends; between pages it is
 * exact to an hour. A session that becomes active while pages are read moves to the first one.
 *
 * What is listed may lag behind what was written, and a page may hold fewer sessions than asked for, even none: those
 * that have gone, or have another scope by now, are left out.
 *
 * @param page.limit 1 to 100.
 * @throws StoreUnavailableError; the signal's reason.
 */
export async function listSessions(
  context: ListContext,
  { tenant, scope }: { readonly tenant: string; readonly scope?: string | undefined },
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<SessionPage> {
  const lists: SessionList[] =
    scope === undefined
      ? Array.from({ length: LIST_SHARDS }, (_, shard) => ({ tenant, shard }))
      : [{ tenant, scope }];
  const parts = await Promise.all(lists.map((list) => context.store.listSessions(list, page)));
  const entries = parts.flatMap((part) => part.entries).toSorted((a, b) => (a.mark < b.mark ? 1 : -1));
  const shown = entries.slice(0, page.limit);
  const isLast = shown.length === entries.length && parts.every(({ complete }) => complete);
  const nextAfter = isLast ? undefined : shown.at(-1)?.mark;
  const found = await readSessions(context, distinct(shown.map(({ key }) => key)));
  const inScope = found.filter(({ item }) => !item || scope === undefined || item.scope === scope);
  return {
    sessions: await withCommits(context, inScope),
    unreadable: inScope.flatMap(({ key, item }) => (item ? [] : [key.session])),
    ...(nextAfter !== undefined && { nextAfter }),
  };
}

interface FoundSession {
  readonly key: SessionKey;
  readonly item?: SessionMeta;
}

function readSessions(context: ListContext, keys: readonly SessionKey[]): Promise<FoundSession[]> {
  const read = (some: readonly SessionKey[]) => context.store.readSessions(some);
  return readInBatches('readSessions', keys, { most: ITEMS_PER_LIST, read }, context);
}

async function withCommits(context: ListContext, found: readonly FoundSession[]): Promise<ListedSession[]> {
  const wanted = found.flatMap(({ key, item }): CommitKey[] => {
    const commitId = item?.requested?.commitId ?? item?.sealed?.commitId;
    return commitId === undefined ? [] : [{ ...key, commitId }];
  });
  const read = (some: readonly CommitKey[]) => context.store.readCommits(some);
  const commits = await readInBatches('readCommits', wanted, { most: ITEMS_PER_LIST, read }, context);
  const bySession = new Map(commits.map(({ key, item }) => [key.session, item]));
  return found
    .flatMap(({ key: { session }, item }): ListedSession[] => {
      if (!item) return [];
      const { activeAtMs = item.createdAtMs } = item;
      const lastCommit = bySession.get(session);
      return [{ session, meta: { ...item, activeAtMs }, ...(lastCommit && { lastCommit }) }];
    })
    .toSorted((a, b) => b.meta.activeAtMs - a.meta.activeAtMs);
}

/** While a session moves, an index may have it at both places. */
function distinct(keys: readonly SessionKey[]): SessionKey[] {
  return [...new Map(keys.map((key) => [key.session, key])).values()];
}
