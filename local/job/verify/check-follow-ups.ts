import type { StoredSession } from '../run/stored-session.ts';
import type { Finding } from './finding.ts';

/** Every archive has its summary, and the work on it is complete. */
export function checkFollowUps({ sessionId, archives }: StoredSession): Finding[] {
  return archives.flatMap(({ archive, followUp, summary }) => {
    const find = (message: string): Finding[] => [{ kind: 'follow-up', session: sessionId, message }];
    if (followUp !== 'completed')
      return find(`The follow-up of archive ${archive} is ${followUp}, not completed.`);
    return summary?.trim() ? [] : find(`Archive ${archive} has no summary.`);
  });
}
