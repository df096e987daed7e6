import type { StoredSession } from '../run/stored-session.ts';
import type { JobProblem } from './job-problem.ts';

/** Every archive has its summary, and the work on it is complete. */
export function checkFollowUps({ sessionId, archives }: StoredSession): JobProblem[] {
  return archives.flatMap(({ archive, followUp, summary }) => {
    const find = (message: string): JobProblem[] => [{ kind: 'follow-up', session: sessionId, message }];
    if (followUp !== 'completed')
      return find(`The follow-up of archive ${archive} is ${followUp}, not completed.`);
    return summary?.trim() ? [] : find(`Archive ${archive} has no summary.`);
  });
}
