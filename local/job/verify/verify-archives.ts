import type { Conversation } from '../conversation/conversation.ts';
import type { StoredSession } from '../run/stored-session.ts';
import { checkFollowUps } from './check-follow-ups.ts';
import { checkMessages } from './check-messages.ts';
import { checkNumbering } from './check-numbering.ts';
import type { JobProblem } from './job-problem.ts';

/**
 * Holds what is stored of a session against what was appended to it.
 *
 * Nothing is found when every message was appended and is in exactly one archive, in order and as it was sent; nothing is live; the
 * archives are numbered and joined without gaps; and each has its summary.
 *
 * @param acknowledgedIds the messages that are stored by the word of the API.
 */
export function verifyArchives(
  conversation: Conversation,
  stored: StoredSession,
  acknowledgedIds: ReadonlySet<string>,
): JobProblem[] {
  return [
    ...checkNumbering(stored),
    ...checkMessages(conversation, stored, acknowledgedIds),
    ...checkFollowUps(stored),
  ];
}
