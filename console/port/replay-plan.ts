import type { Check } from './check.ts';
import type { LetterView } from './letter-view.ts';

/** What a replay would do. */
export interface ReplayPlan {
  /** In the order in which they are sent. */
  readonly letters: readonly LetterView[];
  /** Those that were meant, and that nobody could understand again: they stay where they are. */
  readonly unreadable: readonly LetterView[];
  /** Letters that are there and were not seen, as far as the queues know. */
  readonly unseen: number;
  /** Whether what they died of still stands: what is not `ok` does. */
  readonly causes: readonly Check[];
}
