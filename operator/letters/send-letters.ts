import {
  type DeadLetterKind,
  deadLetterKinds,
  type ExplainedLetter,
  type Replay,
  replayLetters,
  replaysOf,
} from '../../lib/dead-letters/index.ts';
import type { Target, Work } from '../target/index.ts';
import { count } from '../words/index.ts';

/** What came of letters that were to be sent. */
export interface SentLetters {
  readonly resent: number;
  /** Sent, and still on the dead-letter queue: sending them again changes nothing. */
  readonly notRemoved: number;
  /** Sent, and not noted on their commit: it reads dead-lettered until a worker takes it up. */
  readonly unrecorded: number;
  /** The commits whose letters were sent, to be followed. */
  readonly replays: readonly Replay[];
}

export interface Sending extends Work {
  /** At most so many letters a second: more than 0. */
  readonly ratePerSecond: number;
}

/**
 * Sends letters to the queues that gave them up, one queue after the other, until the signal aborts.
 *
 * @throws QueueUnavailableError. What was sent stays sent.
 */
export async function sendLetters(
  target: Target,
  letters: readonly ExplainedLetter[],
  sending: Sending,
): Promise<SentLetters> {
  const operator = letters.length > 0 ? await target.operator() : '';
  let [resent, notRemoved] = [0, 0];
  const sentIds = new Set<string>();
  const unrecordedIds = new Set<string>();
  for (const kind of deadLetterKinds) {
    const ofKind = letters.filter(({ letter }) => letter.kind === kind);
    if (ofKind.length === 0 || sending.signal.aborted) continue;
    const replayed = await sendOf(target, kind, ofKind, { ...sending, operator, sentIds, unrecordedIds });
    resent += replayed.resent;
    notRemoved += replayed.notRemoved;
  }
  const sent = letters.filter(({ letter }) => sentIds.has(letter.id));
  return { resent, notRemoved, unrecorded: unrecordedIds.size, replays: replaysOf(sent) };
}

function sendOf(
  { deadLetters, store, clock, newId }: Target,
  kind: DeadLetterKind,
  letters: readonly ExplainedLetter[],
  {
    operator,
    ratePerSecond,
    signal,
    report,
    sentIds,
    unrecordedIds,
  }: Sending & {
    readonly operator: string;
    readonly sentIds: Set<string>;
    readonly unrecordedIds: Set<string>;
  },
) {
  let done = 0;
  const reportCount = () =>
    report?.({ text: `${kind} are replayed`, counted: { done, total: letters.length } });
  reportCount();
  return replayLetters(
    {
      queue: deadLetters(kind),
      store,
      clock,
      newId,
      operator,
      ratePerSecond,
      stop: signal,
      // What was sent is removed even after it was stopped.
      signal: new AbortController().signal,
      onResent({ id }) {
        done += 1;
        sentIds.add(id);
        reportCount();
      },
      onUnrecorded: ({ id }) => unrecordedIds.add(id),
      onWaiting: (held) =>
        report?.({ text: `sent; waiting for ${count(held, 'letter')} that somebody else may hold` }),
    },
    letters.map(({ letter }) => letter),
  );
}
