import type { DeadLetter, HeldLetter } from './dead-letter.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { releaseLetters } from './release-letters.ts';

export interface Look {
  /** In the order of the queue within each group. */
  readonly letters: readonly DeadLetter[];
  /** Letters that the queue has and does not show, as far as it knows. */
  readonly unseen: number;
}

/**
 * Looks at dead letters and changes nothing: they are held while it looks, and visible again when it ends. A FIFO
 * queue shows the first letters of each group only (SQS up to ten of them); `goRound` sees all.
 *
 * @param maxLetters 1 or more.
 * @throws QueueUnavailableError; the signal's reason.
 */
export async function lookAtLetters(
  queue: DeadLetterQueue,
  { maxLetters, signal }: { readonly maxLetters: number; readonly signal: AbortSignal },
): Promise<Look> {
  const held = new Map<string, HeldLetter>();
  try {
    while (held.size < maxLetters) {
      signal.throwIfAborted();
      const received = await queue.receive();
      if (received.length === 0) break;
      for (const letter of received) held.set(letter.receiptHandle, letter);
    }
    const { waiting, inFlight } = await queue.count();
    const letters = [...held.values()].slice(0, maxLetters).map(({ receiptHandle: _, ...letter }) => letter);
    return { letters, unseen: Math.max(0, waiting + inFlight - letters.length) };
  } finally {
    await releaseLetters(queue, [...held.values()]);
  }
}
