import type { Conversation } from '../conversation/conversation.ts';
import { verifyArchives } from '../verify/verify-archives.ts';
import { attempt } from './attempt.ts';
import type { JobRun } from './job-context.ts';
import type { JobResult, SessionResult } from './job-result.ts';
import { readCommits } from './read-commits.ts';
import { readStoredSession } from './read-stored-session.ts';

/**
 * Reads through the API what a job has brought about, and verifies it.
 *
 * @throws the reason of the run's signal.
 */
export async function collectResult(run: JobRun, conversations: readonly Conversation[]): Promise<JobResult> {
  const { client, signal, problems, tally, tracker } = run;
  const sessions: SessionResult[] = [];
  for (const conversation of conversations) {
    const session = conversation.sessionId;
    if (!tally.openedSessions.has(session)) continue;
    const stored = await attempt({ ...run, session }, () => readStoredSession(client, session, signal));
    if (!stored) continue;
    sessions.push({ conversation, stored });
    problems.push(...verifyArchives(conversation, stored, tally.acknowledgedIds));
  }
  const commits = await attempt(run, () => readCommits(client, sessions, tracker.commits(), signal));
  const memories = await readMemories(run, sessions);
  return { appended: tally.appended, sessions, memories, commits: commits ?? [], problems };
}

async function readMemories(run: JobRun, sessions: readonly SessionResult[]): Promise<JobResult['memories']> {
  const scopes = [...new Set(sessions.map(({ stored }) => stored.scope))];
  return Promise.all(
    scopes.map(async (scope) => {
      const memories = await attempt(run, () =>
        Array.fromAsync(run.client.memories(scope, { signal: run.signal })),
      );
      return { scope, memories: memories ?? [] };
    }),
  );
}
