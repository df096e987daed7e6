import type { JobContext } from './job-context.ts';

const POLL_INTERVAL_MS = 250;

/**
 * Waits until no archive of the session has a follow-up that is pending: those of earlier runs have no commit that
 * is watched now.
 *
 * @param onProgress told when there are fewer than before.
 * @throws the reason of the context's signal.
 */
export async function waitForFollowUps(
  { client, clock, signal }: Pick<JobContext, 'client' | 'clock' | 'signal'>,
  sessionId: string,
  onProgress: () => void,
): Promise<void> {
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const archives = await Array.fromAsync(client.archives(sessionId, { signal }));
    const pending = archives.filter(({ followUp }) => followUp === 'pending').length;
    if (pending === 0) return;
    if (pending < before) onProgress();
    before = pending;
    await clock.sleep(POLL_INTERVAL_MS, signal);
  }
}
