import { type CommitStatus, retention } from '../session/index.ts';
import type { CommitRun } from './commit-run.ts';
import { ProtocolViolationError } from './errors.ts';

/**
 * Marks the commit as running: from here it cannot be cancelled.
 *
 * @returns the status of a commit that has ended already, or is in an archive: then there is nothing to do.
 */
export async function startCommit({
  store,
  key,
  message,
  clock,
}: CommitRun): Promise<CommitStatus | undefined> {
  const { commitId, keepRecent, requestedAtMs } = message;
  const started = await store.changeCommit(
    key,
    commitId,
    { transition: 'start', entry: { atMs: clock.now() } },
    { keepRecent, requestedAtMs, expiresAtMs: clock.now() + retention.commitStatusMs },
  );
  if (started) return undefined;
  const status = await store.readCommit(key, commitId);
  if (!status)
    throw new ProtocolViolationError(key, `The status of commit '${commitId}' vanished while it ran`);
  return status;
}
