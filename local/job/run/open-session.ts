import type { JobRun } from './job-context.ts';
import { readStoredSession } from './read-stored-session.ts';
import type { StoredSession } from './stored-session.ts';

/**
 * Opens the session, or finds it as an earlier run has left it, and reads what is stored. It has a scope of its own:
 * conversations of different people must not end up in one person's memories.
 *
 * What is between live and archive, because a commit was interrupted, could be taken for lost. So a commit that is
 * under way, or left half done, is seen through first: by a commit of our own, which waits behind it and finishes it.
 */
export async function openSession(run: JobRun, sessionId: string): Promise<StoredSession> {
  const { client, reporter, signal, tracker } = run;
  const session = await client.createSession(sessionId, { scope: sessionId }, { signal });
  const isHalfDone = session.archiveCount !== (session.lastArchive?.archive ?? 0);
  if (session.runningCommit || isHalfDone) {
    const { commitId, existing } = await client.requestCommit(sessionId, { signal });
    reporter.commitRequested(sessionId, commitId, existing);
    const earlier = session.runningCommit?.commitId ?? commitId;
    await Promise.all([tracker.track(sessionId, earlier), tracker.track(sessionId, commitId)]);
  }
  return readStoredSession(client, sessionId, signal);
}
