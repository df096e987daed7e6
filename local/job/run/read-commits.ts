import { CommitlaneApiError, type CommitlaneClient, type CommitView } from '../../../lib/client/index.ts';
import type { TrackedCommit } from './commit-tracker.ts';
import type { SessionResult } from './job-result.ts';

/** The commits that were watched, and before them those of earlier runs that the archives name. */
export async function readCommits(
  client: CommitlaneClient,
  sessions: readonly SessionResult[],
  tracked: readonly TrackedCommit[],
  signal: AbortSignal,
): Promise<{ sessionId: string; commit: CommitView }[]> {
  const commits: { sessionId: string; commit: CommitView }[] = [];
  const watchedIds = new Set(tracked.map(({ commitId }) => commitId));
  for (const { stored } of sessions) {
    for (const { commitId } of stored.archives) {
      if (watchedIds.has(commitId)) continue;
      const commit = await readCommit(client, stored.sessionId, commitId, signal);
      if (commit) commits.push({ sessionId: stored.sessionId, commit });
    }
  }
  const watched = tracked.flatMap(({ sessionId, view }) => (view ? [{ sessionId, commit: view }] : []));
  return [...commits, ...watched];
}

/** Undefined when its status is no longer kept: it ended weeks ago. */
async function readCommit(
  client: CommitlaneClient,
  sessionId: string,
  commitId: string,
  signal: AbortSignal,
): Promise<CommitView | undefined> {
  try {
    return await client.getCommit(sessionId, commitId, { signal });
  } catch (error) {
    if (error instanceof CommitlaneApiError && error.status === 404) return undefined;
    throw error;
  }
}
