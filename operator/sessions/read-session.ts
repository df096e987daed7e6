import { type ArchiveView, type CommitView, toArchiveView, toCommitView } from '../../lib/api/index.ts';
import type { AutoCommitPolicy, CommitStatus, SessionKey, SessionMeta } from '../../lib/session/index.ts';
import { readLive } from '../../lib/session-log/index.ts';
import { readAllManifests, SessionNotFoundError } from '../../lib/store/index.ts';
import { type ItemError, isItemError } from '../../lib/table/index.ts';
import type { Target } from '../target/index.ts';
import { iso } from '../words/index.ts';

/** What there is to know of a session; times are ISO 8601. */
export interface SessionDocument {
  readonly tenant: string;
  readonly session: string;
  readonly scope: string;
  readonly title?: string;
  /** Absent: all that the deployment has. */
  readonly memoryCategories?: readonly string[];
  /** When it is committed without being asked; absent: never. */
  readonly autoCommit?: AutoCommitPolicy;
  readonly createdAt: string;
  /** When it was created, or appended to last; absent where neither happened since there are lists of sessions. */
  readonly activeAt?: string;
  /** The last position that was handed out. */
  readonly lastPosition: number;
  readonly committedThrough: number;
  readonly archiveCount: number;
  readonly fence: number;
  readonly live: { readonly messages: number };
  readonly leaseStore: string;
  readonly sealed?: {
    readonly archive: number;
    readonly from: number;
    readonly to: number;
    readonly commitId: string;
    readonly sealedAt: string;
  };
  readonly lease?: { readonly owner: string; readonly expiresAt: string };
  /** Newest first. */
  readonly commits: readonly CommitView[];
  readonly archives: readonly ArchiveView[];
}

/** The newest of each are shown. */
const SHOWN = 10;
const LIVE_PAGE = 1_000;

/**
 * What there is to know of a session now.
 *
 * @throws SessionNotFoundError, ReadContendedError, StoreUnavailableError, ItemUnreadableError, ItemTooNewError.
 */
export async function readSession(target: Target, key: SessionKey): Promise<SessionDocument> {
  const { store, items, clock } = target;
  const leaseStore = target.outputs.LeaseStore;
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const [live, lease, commits, archives] = await Promise.all([
    countLive(target, key),
    leaseStore === 'dynamodb' ? items.leaseHolder(key) : undefined,
    newestCommits(items.commits(key)),
    readAllManifests(store, key, newestArchives(meta), ['summary'], target),
  ]);
  const { scope, createdAtMs, nextSeq, committedThrough, archiveCount, fence, sealed } = meta;
  return {
    ...key,
    scope,
    ...(meta.title !== undefined && { title: meta.title }),
    ...(meta.memoryCategories && { memoryCategories: meta.memoryCategories }),
    ...(meta.autoCommit && { autoCommit: meta.autoCommit }),
    createdAt: iso(createdAtMs),
    ...(meta.activeAtMs !== undefined && { activeAt: iso(meta.activeAtMs) }),
    lastPosition: nextSeq - 1,
    committedThrough,
    archiveCount,
    fence,
    live,
    leaseStore,
    ...(sealed && { sealed: { ...sealed, sealedAt: iso(sealed.sealedAtMs) } }),
    ...(lease && { lease: { owner: lease.owner, expiresAt: iso(lease.expiresAtMs) } }),
    commits: commits.map((commit) => toCommitView(commit, clock.now())),
    archives: archives.toReversed().map(toArchiveView),
  };
}

async function countLive(target: Target, key: SessionKey): Promise<SessionDocument['live']> {
  let messages = 0;
  let after = 0;
  for (;;) {
    const page = await readLive(target, key, { after, limit: LIVE_PAGE });
    messages += page.messages.length;
    if (page.nextAfter === undefined) return { messages };
    after = page.nextAfter;
  }
}

async function newestCommits(commits: AsyncIterable<CommitStatus | ItemError>): Promise<CommitStatus[]> {
  let newest: CommitStatus[] = [];
  for await (const commit of commits) {
    if (isItemError(commit)) throw commit;
    newest = [...newest, commit].toSorted((a, b) => b.requestedAtMs - a.requestedAtMs).slice(0, SHOWN);
  }
  return newest;
}

function newestArchives({ archiveCount }: SessionMeta): number[] {
  const size = Math.min(SHOWN, archiveCount);
  return Array.from({ length: size }, (_, index) => archiveCount - size + 1 + index);
}
