import type { JobResult } from '../run/job-result.ts';
import type { JobProblem } from '../verify/job-problem.ts';
import type { LanguageNote } from './language-notes.ts';

/** What `--json` prints of a job: all that was stored, for other programs to check. */
export function jobDocument(result: JobResult, notes: readonly LanguageNote[] = []) {
  return {
    ok: result.problems.length === 0,
    appended: result.appended,
    archives: result.sessions.flatMap(({ stored }) =>
      stored.archives.map(({ archive, from, to, messages, summary, followUp }) => ({
        session: stored.sessionId,
        archive,
        from,
        to,
        messages: messages.map(({ id, role, content, at, metadata = {}, position }) => ({
          id,
          role,
          content,
          at,
          metadata,
          position,
        })),
        summary: summary ?? null,
        followUp,
      })),
    ),
    memories: result.memories.flatMap(({ scope, memories }) =>
      memories.map(({ category, key, text, by }) => ({ scope, category, key, text, by })),
    ),
    commits: result.commits.map(({ sessionId, commit }) => ({
      commitId: commit.commitId,
      session: sessionId,
      state: commit.state,
      archive: commit.archive ?? null,
      timeline: commit.timeline,
    })),
    notes,
    problems: result.problems,
  };
}

export type JobDocument = ReturnType<typeof jobDocument>;

/** The same of a job that did not come to a result. */
export function failureDocument(message: string): JobDocument {
  const problem: JobProblem = { kind: 'failed', message };
  return { ok: false, appended: 0, archives: [], memories: [], commits: [], notes: [], problems: [problem] };
}
