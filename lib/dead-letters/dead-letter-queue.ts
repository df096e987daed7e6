import type { DeadLetter, DeadLetterKind, HeldLetter } from './dead-letter.ts';

/** What one request receives, removes or releases at most. */
export const LETTERS_PER_REQUEST = 10;

/** How long a received letter is in flight; one whose receiver died is visible again after this time. */
export const HOLD_MS = 30_000;

/**
 * The port to one dead-letter queue and the queue whose letters it keeps.
 *
 * The queue is FIFO: while a letter is in flight, the letters of its group behind it are not received. It has no
 * dead-letter queue of its own, so that receiving never loses a letter. Each method is one request; any of them may
 * throw `QueueUnavailableError`.
 */
export interface DeadLetterQueue {
  readonly kind: DeadLetterKind;
  /** Receives some letters and keeps them in flight for `HOLD_MS`; none when all are in flight, or there are none. */
  receive(): Promise<HeldLetter[]>;
  /**
   * Puts copies at the end of the dead-letter queue, in this order; at most `LETTERS_PER_REQUEST`. Returns those that it
   * does not take, and never will: a body that fills a message leaves no room for what a copy must say.
   */
  append(letters: readonly DeadLetter[], passage: string): Promise<readonly DeadLetter[]>;
  /** Deletes letters in flight; one that is not any more stays. At most `LETTERS_PER_REQUEST`. */
  remove(letters: readonly HeldLetter[]): Promise<void>;
  /** Makes letters in flight visible at once; one that is visible already stays so. At most `LETTERS_PER_REQUEST`. */
  release(letters: readonly HeldLetter[]): Promise<void>;
  /**
   * Sends the letter's body to the queue that gave it up, in its group, whatever was sent there before.
   *
   * @param why who replays it and why it was given up, for the commit's timeline.
   */
  resend(letter: DeadLetter, why: string): Promise<void>;
  /** How many there are, as far as the queue knows: its numbers may be up to a minute old. */
  count(): Promise<LetterCount>;
}

interface LetterCount {
  /** Those that may be received, and those behind one of their group that is in flight. */
  readonly waiting: number;
  readonly inFlight: number;
}
