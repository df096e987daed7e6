import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { goRound, type RoundContext } from './go-round.ts';
import type { Look } from './look-at-letters.ts';

/**
 * Sees every letter of a dead-letter queue, those behind the first of their group too: each is moved once, to the end.
 *
 * @param maxLetters 1 or more; a queue that holds more is not seen to its end.
 * @throws QueueUnavailableError; the signal's reason. No letter is lost then.
 */
export async function gatherLetters(
  queue: DeadLetterQueue,
  context: RoundContext,
  maxLetters: number,
  onFound?: (letter: DeadLetter) => void,
): Promise<Look> {
  const letters: DeadLetter[] = [];
  await goRound(queue, context, {
    maxLetters,
    visit(letter) {
      const { receiptHandle: _, ...plain } = letter as DeadLetter & { receiptHandle?: string };
      letters.push(plain);
      onFound?.(plain);
      return 'keep';
    },
  });
  const { waiting, inFlight } = await queue.count();
  return { letters, unseen: Math.max(0, waiting + inFlight - letters.length) };
}
