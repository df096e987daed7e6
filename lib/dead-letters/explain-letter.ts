import { type CommitStatus, isFinal, type SessionKey, statusAsOf } from '../session/index.ts';
import type { CommitStatusStore, MetaStore } from '../store/index.ts';
import type { DeadLetter } from './dead-letter.ts';

/** A letter with what the database knows of it. */
export interface ExplainedLetter {
  readonly letter: DeadLetter;
  /** Why it was given up: as the letter says, else as the commit's timeline does. */
  readonly reason?: { readonly code: string; readonly message: string };
  readonly commit?: CommitStatus;
  readonly prospect: Prospect;
}

/**
 * What a replay would do now.
 *
 * `works`: what it asks for. `overtaken`: its messages are in archives already, and it changes nothing twice.
 * `behind`: later archives of the session exist; theirs were followed up without this one's. `takes-later`: it has no
 * `through`, so it takes messages that came after it was asked for. `done`: it has ended otherwise. `gone`: its session
 * does not exist. `unreadable`: it would be given up again.
 */
export type Prospect = 'works' | 'overtaken' | 'behind' | 'takes-later' | 'done' | 'gone' | 'unreadable';

/**
 * Looks up a letter's commit and session: two reads.
 *
 * @param nowMs a commit whose last worker was killed is seen to be dead only by the time.
 * @throws StoreUnavailableError.
 */
export async function explainLetter(
  store: MetaStore & CommitStatusStore,
  letter: DeadLetter,
  nowMs: number,
): Promise<ExplainedLetter> {
  const { content } = letter;
  if (content.type === 'unreadable') {
    const reason = letter.reason ?? { code: 'invalid-message', message: content.problem };
    return { letter, reason, prospect: 'unreadable' };
  }
  const key: SessionKey = content.message;
  const [status, meta] = await Promise.all([
    store.readCommit(key, content.message.commitId),
    store.readMeta(key),
  ]);
  const commit = status && statusAsOf(status, nowMs);
  const reason = letter.reason ?? (isExtractionAgain(letter) ? undefined : reasonIn(commit));
  return {
    letter,
    ...(reason && { reason }),
    ...(commit && { commit }),
    prospect: meta ? prospectOf(content, meta, commit) : 'gone',
  };
}

/** Whether it asks to extract an archive once more: its commit has ended before, and says nothing of it. */
export function isExtractionAgain({ content }: DeadLetter): boolean {
  return content.type === 'follow-up' && content.message.again !== undefined;
}

function reasonIn(commit: CommitStatus | undefined): ExplainedLetter['reason'] {
  const last = commit?.timeline.findLast(({ event }) => event === 'dead-lettered');
  return last && { code: 'deliveries-exhausted', message: last.detail ?? 'no reason was recorded' };
}

function prospectOf(
  content: Exclude<DeadLetter['content'], { type: 'unreadable' }>,
  meta: { readonly committedThrough: number; readonly archiveCount: number },
  commit: CommitStatus | undefined,
): Prospect {
  if (content.type === 'follow-up') {
    if (content.message.again) return 'works';
    if (commit?.state === 'completed') return 'done';
    return content.message.archive < meta.archiveCount ? 'behind' : 'works';
  }
  const { through } = content.message;
  if (commit && isFinal(commit.state)) return 'done';
  if (commit?.archive !== undefined) return 'done';
  if (through === undefined) return 'takes-later';
  return through <= meta.committedThrough ? 'overtaken' : 'works';
}
