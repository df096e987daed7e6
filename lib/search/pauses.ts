import { setImmediate } from 'node:timers/promises';

/** In UTF-16 code units of text: 0.1 s of ranking, in any script. */
const UNITS_BETWEEN = 100_000;

/**
 * Pauses in work that would otherwise let nothing else happen, not even the time-out that is to end it.
 *
 * @returns to be called with the length, in UTF-16 code units, of each text that was worked on.
 * @throws the signal's reason, from the pause on that it aborts before.
 */
export function pauses(signal: AbortSignal): (units: number) => Promise<void> {
  let left = UNITS_BETWEEN;
  return async (units) => {
    left -= units;
    if (left > 0) return;
    left = UNITS_BETWEEN;
    await setImmediate();
    signal.throwIfAborted();
  };
}
