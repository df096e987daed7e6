import { QueueUnavailableError } from '../queue/index.ts';
import type { HeldLetter } from './dead-letter.ts';
import { type DeadLetterQueue, LETTERS_PER_REQUEST } from './dead-letter-queue.ts';

/**
 * Makes letters in flight visible again, the last received first, so that a queue that puts each in front keeps its
 * order. Best effort: what the queue does not take now is visible after `HOLD_MS` all the same.
 */
export async function releaseLetters(queue: DeadLetterQueue, held: readonly HeldLetter[]): Promise<void> {
  const lastFirst = held.toReversed();
  try {
    for (let start = 0; start < lastFirst.length; start += LETTERS_PER_REQUEST) {
      await queue.release(lastFirst.slice(start, start + LETTERS_PER_REQUEST));
    }
  } catch (error) {
    if (!(error instanceof QueueUnavailableError)) throw error;
  }
}
