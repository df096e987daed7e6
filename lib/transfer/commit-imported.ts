import { createHash } from 'node:crypto';
import { requestCommit } from '../commit/index.ts';
import { insist } from '../port/index.ts';
import { endedWell, isRunning, type SessionKey, statusAsOf } from '../session/index.ts';
import type { ImportContext } from './import-context.ts';

/** What became of the commit of a session: `pending` goes on, `none` had nothing to take. */
export type ImportedCommit = 'completed' | 'failed' | 'pending' | 'none';

const POLL_MS = 500;

/**
 * Requests a commit of all that is live of a session, unless one was requested for it, and waits for it.
 *
 * @param timeoutMs how long it waits; the commit goes on then.
 * @throws SessionNotFoundError; StoreUnavailableError, QueueUnavailableError; the signal's reason.
 */
export async function commitImported(
  context: ImportContext,
  key: SessionKey,
  timeoutMs: number,
): Promise<ImportedCommit> {
  const { store, clock, signal } = context;
  const meta = await insist(context, () => store.readMeta(key));
  if (!meta || meta.committedThrough >= meta.nextSeq - 1) return 'none';
  const idempotencyKey = keyOf(key, meta.nextSeq);
  const reason = 'imported';
  const { commitId } = await insist(context, () => requestCommit(context, key, { idempotencyKey, reason }));
  for (const endsAtMs = clock.now() + timeoutMs; ; ) {
    const status = await insist(context, () => store.readCommit(key, commitId));
    // A deletion took it, with its session.
    if (!status) return 'failed';
    const { state } = statusAsOf(status, clock.now());
    if (!isRunning(state)) return endedWell(state) ? 'completed' : 'failed';
    if (clock.now() >= endsAtMs) return 'pending';
    await clock.sleep(POLL_MS, signal);
  }
}

/** Another with each append, so that a file that has grown is committed again. */
function keyOf({ tenant, session }: SessionKey, nextSeq: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenant, session, nextSeq]))
    .digest('hex');
  return `import-${hash.slice(0, 32)}`;
}
