import { type Clock, type Deadline, startDeadline } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';

/** Kept back of a function's time, so that it ends in order before it is killed. */
export const MARGIN_MS = 5_000;

/** The function is about to be stopped; what it has not done is done by the next delivery. */
export class OutOfTimeError extends CommitlaneError {
  override readonly name = 'OutOfTimeError';
  readonly code = 'out-of-time';

  constructor() {
    super('The function has no more time.', { retry: { retryable: true, afterMs: 0 } });
  }
}

/** A deadline shortly before the runtime stops the function. */
export function timeLeft(clock: Clock, context: { getRemainingTimeInMillis(): number }): Deadline {
  const leftMs = Math.max(0, context.getRemainingTimeInMillis() - MARGIN_MS);
  return startDeadline(clock, leftMs, () => new OutOfTimeError());
}
