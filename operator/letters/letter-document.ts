import type { DeadLetterKind, ExplainedLetter, Prospect } from '../../lib/dead-letters/index.ts';
import { iso } from '../words/index.ts';

/** A dead letter, with what the database knows of it; times are ISO 8601. */
export interface LetterDocument {
  readonly id: string;
  readonly queue: DeadLetterKind;
  readonly group: string;
  /** Absent for one that cannot be understood, as are session and commit. */
  readonly tenant?: string;
  readonly session?: string;
  readonly commitId?: string;
  /** Of a follow-up. */
  readonly archive?: number;
  /** The last position that a commit may take. */
  readonly through?: number;
  readonly deadSince: string;
  readonly reason?: { readonly code: string; readonly message: string };
  readonly commitState?: string;
  /** What a replay would do now. */
  readonly prospect: Prospect;
  /** As it is on the queue. */
  readonly body: string;
}

/** What a replay would do now, in words. */
export const prospects: Readonly<Record<Prospect, string>> = {
  works: 'does what was requested',
  overtaken: 'runs after newer commits, which took its messages: changes nothing twice',
  behind: 'runs after newer archives, whose summaries were written without it',
  'takes-later': 'has no `through`: also takes messages appended since',
  done: 'has ended already: changes nothing',
  gone: 'its session is gone: changes nothing',
  unreadable: 'cannot be understood: not replayed, or fails again',
};

export function letterDocument({ letter, reason, commit, prospect }: ExplainedLetter): LetterDocument {
  const { id, kind, group, body, content, deadSinceMs } = letter;
  return {
    id,
    queue: kind,
    group,
    ...(content.type !== 'unreadable' && addressOf(content)),
    deadSince: iso(deadSinceMs),
    ...(reason && { reason }),
    ...(commit && { commitState: commit.state }),
    prospect,
    body,
  };
}

function addressOf(content: Exclude<ExplainedLetter['letter']['content'], { type: 'unreadable' }>) {
  const { tenant, session, commitId } = content.message;
  if (content.type === 'follow-up') return { tenant, session, commitId, archive: content.message.archive };
  const { through } = content.message;
  return { tenant, session, commitId, ...(through !== undefined && { through }) };
}
