import { type CommitStatus, commitMark, type SessionKey } from '../session/index.ts';
import {
  type CommitKey,
  ITEMS_PER_LIST,
  type ListStore,
  type MetaStore,
  type Patience,
  readInBatches,
  SessionNotFoundError,
} from '../store/index.ts';

export interface CommitPage {
  /** The newest request first. */
  readonly commits: readonly CommitStatus[];
  /** Commits of this page that cannot be read: their items are damaged, or of a newer release. */
  readonly unreadable: readonly string[];
  /** What to pass as `after` for the next page; absent on the last. */
  readonly nextAfter?: string;
}

/**
 * A page of the commits of a session whose status is kept. It may lag behind what was written, and hold fewer commits
 * than asked for, even none, when statuses have expired.
 *
 * @param page.limit 1 to 100.
 * @throws SessionNotFoundError, StoreUnavailableError; the signal's reason.
 */
export async function listCommits(
  context: Patience & { readonly store: MetaStore & ListStore },
  key: SessionKey,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<CommitPage> {
  const { store } = context;
  if (!(await store.readMeta(key))) throw new SessionNotFoundError(key);
  const { entries, complete } = await store.listCommits(key, page);
  const nextAfter = complete ? undefined : entries.at(-1)?.mark;
  const wanted = entries.map((entry): CommitKey => ({ ...key, commitId: entry.key }));
  const read = (some: readonly CommitKey[]) => store.readCommits(some);
  const found = await readInBatches('readCommits', wanted, { most: ITEMS_PER_LIST, read }, context);
  return {
    commits: found
      .flatMap(({ item }) => (item ? [item] : []))
      .toSorted((a, b) => (commitMark(a) < commitMark(b) ? 1 : -1)),
    unreadable: found.flatMap(({ key: { commitId }, item }) => (item ? [] : [commitId])),
    ...(nextAfter !== undefined && { nextAfter }),
  };
}
