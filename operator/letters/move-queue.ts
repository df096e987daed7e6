import {
  type DeadLetterKind,
  type Move,
  moveNatively,
  NativeMoveError,
} from '../../lib/dead-letters/index.ts';
import { explainError } from '../errors/index.ts';
import type { Target, Work } from '../target/index.ts';

/** What came of a dead-letter queue that the queue service was to move back. */
export interface MovedQueue extends Move {
  readonly queue: DeadLetterKind;
  /** How many letters there were before. */
  readonly of: number;
}

interface Moving extends Work {
  readonly ratePerSecond: number;
  /** How long it is watched. The service goes on by itself. */
  readonly timeoutMs: number;
}

/** Has the queue service move all `of` letters of a dead-letter queue back. Nothing is chosen, and nobody can stop it here. */
export async function moveQueue(
  { sqs, clock, queueUrls }: Target,
  { queue, of }: Pick<MovedQueue, 'queue' | 'of'>,
  { ratePerSecond, timeoutMs, signal, report }: Moving,
): Promise<MovedQueue> {
  try {
    const options = { client: sqs, ...queueUrls(queue), clock, ratePerSecond, timeoutMs, signal };
    const move = await moveNatively(options, ({ moved }) =>
      report?.({ text: `${queue} are moved by SQS`, counted: { done: moved, total: of } }),
    );
    return { queue, of, ...move };
  } catch (error) {
    // Of this queue; another may have been moved before.
    if (!(error instanceof NativeMoveError)) throw error;
    return { queue, of, status: 'REFUSED', moved: 0, failure: explainError(error).message };
  }
}
