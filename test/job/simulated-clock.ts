import type { Clock } from '../../lib/clock/index.ts';

interface Sleeper {
  readonly wakesMs: number;
  readonly wake: () => void;
}

/** Turns of the event loop without anything else to do, before time may pass. */
const IDLE_TURNS = 3;

/** A clock that goes on to the next sleeper as soon as nothing else is under way in the process. */
export function simulatedClock(startMs = Date.parse('2026-01-01T00:00:00Z')): Clock {
  let nowMs = startMs;
  let isMoving = false;
  let sleepers: Sleeper[] = [];

  async function move() {
    isMoving = true;
    while (sleepers.length > 0) {
      for (let turn = 0; turn < IDLE_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const next = sleepers.toSorted((one, other) => one.wakesMs - other.wakesMs)[0];
      if (!next) break;
      sleepers = sleepers.filter((sleeper) => sleeper !== next);
      nowMs = Math.max(nowMs, next.wakesMs);
      next.wake();
    }
    isMoving = false;
  }

  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { wakesMs: nowMs + ms, wake: resolve };
        const abort = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort, { once: true });
        sleepers.push(sleeper);
        if (!isMoving) void move();
      }),
  };
}
