import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../lib/clock/index.ts';

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

export interface FakeClock extends Clock {
  /** Moves time on, waking sleepers in order and letting what they start run before the next one wakes. */
  advance(ms: number): Promise<void>;
  /** Moves time from sleeper to sleeper until `work` settles; fails when nobody sleeps and it still has not. */
  runUntil<T>(work: Promise<T>): Promise<T>;
  readonly sleepers: number;
}

const IDLE_TURNS = 5_000;

/**
 * A clock that stands still until a test moves it.
 *
 * @param options.idle resolves once nothing is under way that takes real time, such as a request to a server: time does
 * not move before. Needed wherever the work that is tested waits for such a thing.
 */
export function fakeClock({
  idle = async () => undefined,
  startMs = Date.parse('2026-01-01T00:00:00Z'),
}: {
  readonly startMs?: number;
  idle?(): Promise<void>;
} = {}): FakeClock {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) {
      await idle();
      await nextTurn();
    }
  }

  function next(): Sleeper | undefined {
    return [...sleepers].sort((a, b) => a.wakeAtMs - b.wakeAtMs)[0];
  }

  async function wake(sleeper: Sleeper): Promise<void> {
    nowMs = Math.max(nowMs, sleeper.wakeAtMs);
    sleepers.delete(sleeper);
    sleeper.wake();
    await settle();
  }

  return {
    now: () => nowMs,

    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          wakeAtMs: nowMs + ms,
          wake: () => {
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },

    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (let sleeper = next(); sleeper && sleeper.wakeAtMs <= untilMs; sleeper = next())
        await wake(sleeper);
      nowMs = untilMs;
      await settle();
    },

    async runUntil(work) {
      let settled = false;
      const outcome = work.finally(() => {
        settled = true;
      });
      outcome.catch(() => 'the caller gets it');
      for (let idle = 0; !settled && idle < IDLE_TURNS; idle += 1) {
        await settle();
        const sleeper = next();
        if (!settled && sleeper) {
          await wake(sleeper);
          idle = 0;
        }
      }
      if (!settled) throw new Error('the work neither ended nor slept');
      return outcome;
    },

    get sleepers() {
      return sleepers.size;
    },
  };
}
