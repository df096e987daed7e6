import type { Clock } from '../clock/index.ts';
import type { DeadLetter, HeldLetter } from './dead-letter.ts';
import { type DeadLetterQueue, HOLD_MS } from './dead-letter-queue.ts';
import { releaseLetters } from './release-letters.ts';
import { splitLetters } from './split-letters.ts';

export interface RoundContext {
  readonly clock: Clock;
  /** Unique at every call. */
  readonly newId: () => string;
  /** Ends it between two requests, with the signal's reason; every letter is still on its queue, or where it was sent. */
  readonly signal: AbortSignal;
  /** Letters that somebody else holds are waited for. */
  readonly onWaiting?: (letters: number) => void;
}

export interface Round {
  readonly letters: number;
  /** Letters that somebody else held until the end, as far as the queue knows. */
  readonly heldByOthers: number;
}

/** A letter that keeps coming is left where it is: somebody else is moving the same letters. */
const MAX_MOVES = 3;
const POLL_MS = 500;
/** A little longer than anybody holds a letter that does not renew it. */
const MAX_WAIT_MS = HOLD_MS + 2_000;

/**
 * Goes through a whole dead-letter queue, once for each letter. A FIFO queue shows no more than the first few letters
 * of a group, so what is kept makes room: a copy goes to the end, and only then the original is removed. A crash at any
 * point leaves every letter that was to be kept on the queue, one of them perhaps twice.
 *
 * A letter that has come round is held until all groups show one, and then released. So is one that cannot be copied:
 * it stays where it is, and hides those behind it.
 *
 * @param visit whether the letter is kept. Called once for each letter, in the order of the queue.
 * @param maxLetters ends it after so many letters, 1 or more.
 * @throws QueueUnavailableError; the signal's reason.
 */
export async function goRound(
  queue: DeadLetterQueue,
  { clock, newId, signal, onWaiting }: RoundContext,
  {
    visit,
    maxLetters,
  }: { readonly visit: (letter: DeadLetter) => 'keep' | 'remove'; readonly maxLetters: number },
): Promise<Round> {
  const passage = newId();
  const moves = new Map<string, number>();
  const verdicts = new Map<string, 'keep' | 'remove'>();
  const held = new Map<string, HeldLetter>();
  const immovable = new Set<string>();
  const hasComeRound = (letter: DeadLetter) =>
    verdicts.get(letter.id) === 'keep' &&
    (letter.passage === passage || immovable.has(letter.id) || (moves.get(letter.id) ?? 0) >= MAX_MOVES);

  async function pass(letters: readonly HeldLetter[]): Promise<void> {
    for (const letter of letters) {
      if (!verdicts.has(letter.id)) verdicts.set(letter.id, visit(letter));
      moves.set(letter.id, (moves.get(letter.id) ?? 0) + 1);
    }
    const kept = letters.filter(({ id }) => verdicts.get(id) === 'keep');
    const refused = kept.length > 0 ? await queue.append(kept, passage) : [];
    for (const { id } of refused) immovable.add(id);
    for (const letter of letters) if (immovable.has(letter.id)) held.set(letter.id, letter);
    const leaving = letters.filter(({ id }) => !immovable.has(id));
    if (leaving.length > 0) await queue.remove(leaving);
  }

  let waitedMs = 0;
  let heldByOthers = 0;
  try {
    while (verdicts.size < maxLetters) {
      signal.throwIfAborted();
      const received = await queue.receive();
      for (const letter of received.filter(hasComeRound)) held.set(letter.id, letter);
      for (const some of splitLetters(received.filter((letter) => !hasComeRound(letter)))) await pass(some);
      if (received.length > 0) continue;

      const { inFlight } = await queue.count();
      heldByOthers = Math.max(0, inFlight - held.size);
      if (heldByOthers === 0 || waitedMs >= MAX_WAIT_MS) break;
      onWaiting?.(heldByOthers);
      await clock.sleep(POLL_MS, signal);
      waitedMs += POLL_MS;
    }
  } finally {
    await releaseLetters(queue, [...held.values()]);
  }
  return { letters: verdicts.size, heldByOthers };
}
