import type { CommitMessage } from '../queue/index.ts';

import type { DeadLetter } from './dead-letter.ts';
import type { ExplainedLetter } from './explain-letter.ts';

/** Which letters; each condition that is given must hold. None given: all. */
export interface LetterFilter {
  readonly tenant?: string;
  readonly session?: string;
  readonly commitId?: string;
  /** A reason's code, or a part of its words; case does not matter. */
  readonly reason?: string;
  /** Dead for at least so long. */
  readonly olderThanMs?: number;
}

/** Whether a letter is meant. What cannot be understood has no session and no commit. */
export function matchesFilter(
  { letter, reason }: Pick<ExplainedLetter, 'letter' | 'reason'>,
  filter: LetterFilter,
  nowMs: number,
): boolean {
  const { tenant, session, commitId } = addressOf(letter);
  return (
    (filter.tenant === undefined || filter.tenant === tenant) &&
    (filter.session === undefined || filter.session === session) &&
    (filter.commitId === undefined || filter.commitId === commitId) &&
    (filter.reason === undefined || saysSo(reason, filter.reason)) &&
    (filter.olderThanMs === undefined || nowMs - letter.deadSinceMs >= filter.olderThanMs)
  );
}

function addressOf({ content }: DeadLetter): Partial<Pick<CommitMessage, 'tenant' | 'session' | 'commitId'>> {
  return content.type === 'unreadable' ? {} : content.message;
}

function saysSo(reason: ExplainedLetter['reason'], text: string): boolean {
  if (!reason) return false;
  const wanted = text.toLowerCase();
  return reason.code === wanted || reason.message.toLowerCase().includes(wanted);
}
