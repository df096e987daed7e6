import type { SessionDocument } from '../../console/index.ts';
import { toArchiveView, toCommitView } from '../../lib/api/index.ts';
import type { CommitStatus, SessionKey, SessionMeta } from '../../lib/session/index.ts';
import { readLive } from '../../lib/session-log/index.ts';
import { readAllManifests, SessionNotFoundError } from '../../lib/store/index.ts';
import { type ItemError, isItemError } from '../../lib/table/index.ts';
import { iso } from '../display/iso.ts';
import type { Parts } from '../target/parts.ts';

/** The newest of each are shown. */
const SHOWN = 10;
const LIVE_PAGE = 1_000;

/**
 * What there is to know of a session now.
 *
 * @throws SessionNotFoundError, ReadContendedError, StoreUnavailableError, ItemUnreadableError, ItemTooNewError.
 */
export async function readSession(
  parts: Parts,
  key: SessionKey,
  leaseStore: string,
): Promise<SessionDocument> {
  const { store, items } = parts;
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const [live, lease, commits, archives] = await Promise.all([
    countLive(parts, key),
    leaseStore === 'dynamodb' ? items.leaseHolder(key) : undefined,
    newestCommits(items.commits(key)),
    readAllManifests(store, key, newestArchives(meta), ['summary'], parts),
  ]);
  const { scope, memoryCategories, createdAtMs, nextSeq, committedThrough, archiveCount, fence, sealed } =
    meta;
  return {
    ...key,
    scope,
    memoryCategories,
    ...(meta.autoCommit && { autoCommit: meta.autoCommit }),
    createdAt: iso(createdAtMs),
    lastPosition: nextSeq - 1,
    committedThrough,
    archiveCount,
    fence,
    live,
    leaseStore,
    ...(sealed && { sealed: { ...sealed, sealedAt: iso(sealed.sealedAtMs) } }),
    ...(lease && { lease: { owner: lease.owner, expiresAt: iso(lease.expiresAtMs) } }),
    commits: commits.map((commit) => toCommitView(commit, parts.clock.now())),
    archives: archives.toReversed().map(toArchiveView),
  };
}

async function countLive(parts: Parts, key: SessionKey): Promise<SessionDocument['live']> {
  let messages = 0;
  let after = 0;
  for (;;) {
    const page = await readLive(parts, key, { after, limit: LIVE_PAGE });
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
