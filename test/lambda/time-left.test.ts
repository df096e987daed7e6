import middy from '@middy/core';
import { describe, expect, it } from 'vitest';
import { type TimedContext, timeLeft } from '../../lib/lambda/index.ts';
import { fakeClock } from '../support/fake-clock.ts';

const withTime = (ms: number) => ({ getRemainingTimeInMillis: () => ms }) as TimedContext;

/** Runs work that knows how long it may go on. */
function run<T>(
  untilKilledMs: number,
  work: (time: TimedContext['time']) => Promise<T>,
  { clock = fakeClock(), ...options }: { clock?: ReturnType<typeof fakeClock>; marginMs?: number } = {},
) {
  const handler = middy<string, T>()
    .use(timeLeft({ clock, ...options }))
    .handler((_event: string, { time }: TimedContext) => work(time));
  return handler('event', withTime(untilKilledMs));
}

describe('the time that is left', () => {
  it.each([
    { marginMs: undefined, endsAfterMs: 85_000 },
    { marginMs: 3_000, endsAfterMs: 97_000 },
  ])('is over before the runtime stops the function: with a margin of $marginMs', async (one) => {
    const clock = fakeClock();
    const { marginMs, endsAfterMs } = one;
    const startMs = clock.now();
    const options = { clock, ...(marginMs !== undefined && { marginMs }) };
    const work = run(
      100_000,
      async ({ signal, endsByMs }) => {
        expect(endsByMs).toBe(startMs + 100_000);
        await clock.advance(endsAfterMs - 1);
        expect(signal.aborted).toBe(false);
        await clock.advance(1);
        return signal.reason as unknown;
      },
      options,
    );
    expect(await work).toMatchObject({ code: 'out-of-time', retry: { retryable: true } });
  });

  it('is none when less than the margin is granted', async () => {
    const clock = fakeClock();
    const work = run(
      10_000,
      async ({ signal }) => {
        await clock.advance(0);
        return signal.aborted;
      },
      { clock },
    );
    expect(await work).toBe(true);
  });

  it('is not counted any longer once the work has ended, well or not', async () => {
    const clock = fakeClock();
    await run(100_000, async () => expect(clock.sleepers).toBe(1), { clock });
    const failing = run(100_000, () => Promise.reject(new Error('as asked')), { clock });
    await expect(failing).rejects.toThrow('as asked');
    await clock.advance(0);
    expect(clock.sleepers).toBe(0);
  });
});
