import type { Target } from '../target/index.ts';
import type { LetterChoice } from './find-letters.ts';
import { planReplay } from './plan-replay.ts';
import { type Sending, type SentLetters, sendLetters } from './send-letters.ts';

/** What came of a replay. */
export interface ReplayResult extends SentLetters {
  /** Chosen, and not on the dead-letter queue any more when it began: somebody else has replayed or removed them. */
  readonly gone: number;
  /** Somebody stopped it before its end. */
  readonly isStopped: boolean;
}

/**
 * Sends the letters of a choice to their queues, as far as they are still dead letters.
 *
 * @throws QueueUnavailableError. What was sent stays sent.
 */
export async function replayChosen(
  target: Target,
  choice: LetterChoice,
  sending: Sending,
): Promise<ReplayResult> {
  const { letters } = await planReplay(target, choice, { deep: true }, sending);
  const sent = await sendLetters(target, letters, sending);
  const gone = Math.max(0, (choice.ids?.size ?? 0) - letters.length);
  return { ...sent, gone, isStopped: sending.signal.aborted };
}
