import { isBeforeArchive, type SessionKey, type SessionMeta } from '../session/index.ts';
import { readLive } from '../session-log/index.ts';
import type { ApiContext } from './api-context.ts';
import { categoriesOf } from './memory-categories.ts';
import { toArchiveView, toCommitView } from './to-view.ts';
import type { CommitView, SessionView } from './views/index.ts';

/** A session with a page of its live messages. @throws SessionNotFoundError, ReadContendedError */
export async function sessionView(
  context: ApiContext,
  key: SessionKey,
  page: { readonly after: number; readonly limit: number },
): Promise<SessionView> {
  const { meta, messages, nextAfter } = await readLive(context, key, page);
  const [lastArchive, runningCommit] = await Promise.all([
    meta.archiveCount > 0 ? context.store.readManifest(key, meta.archiveCount) : undefined,
    findRunning(context, key, meta),
  ]);
  return {
    sessionId: key.session,
    scope: meta.scope,
    ...(meta.title !== undefined && { title: meta.title }),
    memoryCategories: categoriesOf(context, meta.memoryCategories),
    ...(meta.autoCommit && { autoCommit: meta.autoCommit }),
    createdAt: new Date(meta.createdAtMs).toISOString(),
    ...(meta.activeAtMs !== undefined && { activeAt: new Date(meta.activeAtMs).toISOString() }),
    archiveCount: meta.archiveCount,
    live: messages,
    ...(nextAfter !== undefined && { nextAfter }),
    ...(lastArchive && { lastArchive: toArchiveView(lastArchive) }),
    ...(runningCommit && { runningCommit }),
  };
}

async function findRunning(
  { store, clock }: ApiContext,
  key: SessionKey,
  { sealed, requested }: SessionMeta,
): Promise<CommitView | undefined> {
  const commitId = sealed?.commitId ?? requested?.commitId;
  const status = commitId === undefined ? undefined : await store.readCommit(key, commitId);
  if (!status) return undefined;
  const view = toCommitView(status, clock.now());
  return isBeforeArchive(view) ? view : undefined;
}
