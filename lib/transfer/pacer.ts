import type { Clock } from '../clock/index.ts';

/** Waits until so many messages may be sent, and takes them to be sent then. */
export type Pace = (messages: number, signal: AbortSignal) => Promise<void>;

/** Spreads messages over time: no more of them than the rate in the long run, and each append as a whole. */
export function pacer(clock: Clock, ratePerSecond: number | undefined): Pace {
  let freeAtMs = 0;
  return async (messages, signal) => {
    if (ratePerSecond === undefined) return;
    const nowMs = clock.now();
    const startAtMs = Math.max(nowMs, freeAtMs);
    freeAtMs = startAtMs + (messages * 1_000) / ratePerSecond;
    if (startAtMs > nowMs) await clock.sleep(startAtMs - nowMs, signal);
  };
}
