import type { DeadLetterKind } from '../../lib/dead-letters/index.ts';

/** How full a queue is, as far as it knows: its numbers may be up to a minute old. */
export interface QueueFigures {
  readonly kind: DeadLetterKind;
  readonly waiting: number;
  readonly inFlight: number;
  /** On its dead-letter queue, in flight or not. */
  readonly deadLetters: number;
}
