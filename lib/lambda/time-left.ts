import { type Clock, type Deadline, startDeadline } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { MARGIN_MS } from '../limits/index.ts';

/** The function is about to be stopped; what it has not done is done by the next delivery. */
class OutOfTimeError extends CommitlaneError {
  override readonly name = 'OutOfTimeError';
  readonly code = 'out-of-time';

  constructor() {
    super('The function has no more time.', { retry: { retryable: true, afterMs: 0 } });
  }
}

/**
 * A deadline shortly before the runtime stops the function: `marginMs` before it, by default 15 s. `endsByMs` is when
 * the runtime does.
 */
export function timeLeft(
  clock: Clock,
  context: { getRemainingTimeInMillis(): number },
  marginMs = MARGIN_MS,
): Deadline & { readonly endsByMs: number } {
  const untilKilledMs = context.getRemainingTimeInMillis();
  const leftMs = Math.max(0, untilKilledMs - marginMs);
  return {
    ...startDeadline(clock, leftMs, () => new OutOfTimeError()),
    endsByMs: clock.now() + untilKilledMs,
  };
}
