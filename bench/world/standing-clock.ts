import type { Clock } from '../../lib/clock/index.ts';

export interface StandingClock extends Clock {
  /** Moves time on. Nobody is woken: who sleeps here waits for something that does not come. */
  advance(ms: number): void;
}

/**
 * A clock that stands still unless it is moved, so that every run makes the same requests: no lease is renewed and no
 * time is up. A sleep lasts until its signal aborts; whatever is measured must have one.
 */
export function standingClock(startMs = Date.parse('2026-01-01T00:00:00Z')): StandingClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    sleep: (_ms, signal) =>
      new Promise((_resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    advance(ms) {
      nowMs += ms;
    },
  };
}
