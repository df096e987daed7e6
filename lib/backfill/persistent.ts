import type { Clock } from '../clock/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { wrapPort } from '../port/index.ts';
import { isItemError } from '../table/index.ts';

/** With the waits between them, a model that is overloaded has about 15 s to recover, or as long as it asks for. */
const MAX_ATTEMPTS = 5;
/** The wait before another attempt is random, below a ceiling that doubles from this one. */
const FIRST_WAIT_MS = 1_000;
/** Nobody waits longer, whatever the other side asks for. */
const MAX_WAIT_MS = 60_000;

/**
 * The same port, whose calls are repeated when they fail in a way that may pass: 5 attempts at most, at most a minute apart. The
 * calls must be idempotent.
 *
 * @throws of each call: what its last attempt threw; the signal's reason.
 */
export function persistent<Port extends object>(
  port: Port,
  {
    clock,
    random,
    signal,
  }: { readonly clock: Clock; readonly random: () => number; readonly signal: AbortSignal },
): Port {
  return wrapPort(port, async (go) => {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        return await go();
      } catch (error) {
        if (signal.aborted || attempt === MAX_ATTEMPTS || !(error instanceof CommitlaneError)) throw error;
        if (!error.retry.retryable || isItemError(error)) throw error;
        const waitMs = Math.max(error.retry.afterMs, random() * FIRST_WAIT_MS * 2 ** (attempt - 1));
        await clock.sleep(Math.min(MAX_WAIT_MS, waitMs), signal);
      }
    }
  });
}
