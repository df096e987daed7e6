import { otherLanguages } from '../../../lib/model/index.ts';
import type { SessionResult } from '../run/job-result.ts';
import { count } from './count.ts';

/** Says that the offline model has left something out of a session's memories. */
export interface LanguageNote {
  readonly session: string;
  /** How many messages of people are in another language than English, or stand in an archive that mostly is. */
  readonly messages: number;
  /** For people. */
  readonly message: string;
}

/** Of sessions that the offline model has read: those in which people write another language than English. */
export function languageNotes(sessions: readonly SessionResult[]): LanguageNote[] {
  return sessions.flatMap(({ conversation, stored }) => {
    const messages = stored.archives.reduce((sum, archive) => sum + otherLanguages(archive.messages), 0);
    if (messages === 0) return [];
    const are = `${count(messages, 'message')} of ${conversation.name} ${messages === 1 ? 'is' : 'are'}`;
    const message = `${are} in another language than English. The offline model sums up every language, but finds memories in English alone; another model (--model) finds them in all.`;
    return [{ session: stored.sessionId, messages, message }];
  });
}
