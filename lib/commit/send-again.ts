import type { Clock } from '../clock/index.ts';
import { type CommitMessage, dedupIdOf, messageGroup, type Sender } from '../queue/index.ts';
import { type CommitStatus, isBeforeArchive, lastHeardAtMsOf, type SessionKey } from '../session/index.ts';
import type { CommitStatusStore } from '../store/index.ts';

/**
 * A commit of which nothing was heard for so long may have lost its message, to a purge, to its retention, or to
 * deliveries that never reached its worker. SQS takes as long for a purge.
 */
const SILENT_MS = 60_000;

export interface SendAgainContext {
  readonly store: CommitStatusStore;
  readonly commits: Sender<CommitMessage>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Sends the message of a commit that is on its way once more, if it had shown no activity for a minute:
 * whoever relies on that commit may. Should the first message still be there, the second finds the
 * commit ended.
 *
 * @throws QueueUnavailableError, StoreUnavailableError: doing it again is safe.
 */
export async function sendAgainIfSilent(
  { store, commits, clock }: SendAgainContext,
  key: SessionKey,
  status: CommitStatus,
): Promise<void> {
  if (!isBeforeArchive(status)) return;
  const { commitId, state, through, keepRecent, requestedAtMs } = status;
  const lastHeardAtMs = lastHeardAtMsOf(status);
  const silentMs = clock.now() - lastHeardAtMs;
  if (silentMs < SILENT_MS) return;
  const body = {
    ...key,
    commitId,
    ...(through !== undefined && { through }),
    keepRecent,
    requestedAtMs,
  };
  // One for all who find it silent at the same time.
  const dedupId = dedupIdOf(commitId, lastHeardAtMs);
  await commits.send({ group: messageGroup(key), dedupId, body });
  const detail = `it had shown no activity for ${Math.round(silentMs / 1000)} s`;
  await store.changeCommit(key, commitId, {
    transition: `send-again-${state}`,
    entry: { atMs: clock.now(), detail },
  });
}
