import type { Clock } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { isItemError } from '../table/index.ts';

/** With the waits between them, what is overloaded has about 15 s to recover, or as long as it asks for. */
const MAX_ATTEMPTS = 5;
/** The wait before another attempt is random, below a ceiling that doubles from this one. */
const FIRST_WAIT_MS = 1_000;
/** Nobody waits longer, whatever the other side asks for. */
const MAX_WAIT_MS = 60_000;

/** What waiting between two attempts takes, and what ends it. */
export interface Insistence {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/**
 * Does something again when it fails in a way that may pass: 5 attempts at most, at most a minute apart. Doing it
 * twice must be as good as once.
 *
 * @throws what the last attempt threw; the signal's reason.
 */
export async function insist<Result>(
  { clock, random, signal }: Insistence,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || attempt === MAX_ATTEMPTS || !(error instanceof CommitlaneError)) throw error;
      if (!error.retry.retryable || isItemError(error)) throw error;
      const waitMs = Math.max(error.retry.afterMs, random() * FIRST_WAIT_MS * 2 ** (attempt - 1));
      await clock.sleep(Math.min(MAX_WAIT_MS, waitMs), signal);
    }
  }
}
