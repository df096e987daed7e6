import type { Clock } from '../../lib/clock/index.ts';

/** A clock whose sleeps end at once: its time moves by what was slept, and by nothing else. */
export function instantClock(startMs = 0): Clock & { readonly sleepsMs: readonly number[] } {
  const sleepsMs: number[] = [];
  let nowMs = startMs;
  return {
    sleepsMs,
    now: () => nowMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleepsMs.push(ms);
      nowMs += ms;
    },
  };
}
