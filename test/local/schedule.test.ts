import { describe, expect, it } from 'vitest';
import { type ScheduleOptions, startSchedule } from '../../local/lambda/schedule.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeFunction } from './fake-function.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A schedule of a function that does this, under a clock that stands still. */
function scheduled(handler: () => unknown = () => undefined, options: Partial<ScheduleOptions> = {}) {
  const clock = fakeClock({ startMs: Date.parse('2026-03-01T12:00:00.789Z') });
  const one = fakeFunction(handler);
  const errors: unknown[] = [];
  const lines: string[] = [];
  let ids = 0;
  const schedule = startSchedule({
    name: 'Minutely',
    ruleArn: 'arn:aws:events:us-east-1:000000000000:rule/Minutely',
    everyMs: MINUTE_MS,
    handlers: [one],
    clock,
    newId: () => `id-${++ids}`,
    onError: (error) => errors.push(error),
    onLog: (line) => lines.push(line),
    ...options,
  });
  return { ...schedule, clock, errors, lines, events: one.events };
}

/** A handler that waits until it is let go, each time. */
function held() {
  const waiting: (() => void)[] = [];
  return {
    handler: () => new Promise<void>((resolve) => waiting.push(resolve)),
    release: () => waiting.shift()?.(),
    get count() {
      return waiting.length;
    },
  };
}

describe('a schedule', () => {
  it('runs its function once in each period, the first time after the first', async () => {
    await using schedule = scheduled();
    await schedule.clock.advance(MINUTE_MS - 1);
    expect(schedule.events).toHaveLength(0);
    await schedule.clock.advance(1);
    expect(schedule.events).toHaveLength(1);
    await schedule.clock.advance(3 * MINUTE_MS);
    expect(schedule.events).toHaveLength(4);
  });

  it('gives the function what EventBridge would', async () => {
    await using schedule = scheduled();
    await schedule.clock.advance(MINUTE_MS);
    expect(schedule.events).toEqual([
      {
        version: '0',
        id: 'id-1',
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: '2026-03-01T12:01:00Z',
        region: 'us-east-1',
        resources: ['arn:aws:events:us-east-1:000000000000:rule/Minutely'],
        detail: {},
      },
    ]);
  });

  it('never runs twice at once: a time that comes while it runs is left out, and told', async () => {
    const work = held();
    await using schedule = scheduled(work.handler);
    await schedule.clock.advance(3 * MINUTE_MS);
    expect(schedule.events).toHaveLength(1);
    expect(schedule.lines).toEqual(Array(2).fill('Minutely still runs: this time is left out'));
    work.release();
    await schedule.clock.advance(MINUTE_MS);
    expect(schedule.events).toHaveLength(2);
    work.release();
  });

  it('runs once more when it is told to, after the run that has begun, and keeps its times', async () => {
    const work = held();
    await using schedule = scheduled(work.handler);
    await schedule.clock.advance(MINUTE_MS);
    const extra = schedule.run();
    await schedule.clock.advance(1);
    expect(schedule.events).toHaveLength(1);
    work.release();
    await schedule.clock.advance(1);
    expect(schedule.events).toHaveLength(2);
    work.release();
    await extra;
    await schedule.clock.advance(MINUTE_MS);
    expect(schedule.events).toHaveLength(3);
    work.release();
  });

  it('reports a run that fails, does not repeat it, and runs at its next time', async () => {
    const failure = new Error('no table');
    await using schedule = scheduled(() => Promise.reject(failure));
    await schedule.run();
    expect(schedule.errors).toEqual([failure]);
    await schedule.clock.advance(MINUTE_MS);
    expect(schedule.errors).toEqual([failure, failure]);
    expect(schedule.events).toHaveLength(2);
  });

  it('runs all of its functions, whichever of them fails', async () => {
    const failing = fakeFunction(() => Promise.reject(new Error('no table')));
    const working = fakeFunction(() => undefined);
    await using schedule = scheduled(undefined, { handlers: [failing, working] });
    await schedule.run();
    expect(working.events).toEqual(failing.events);
    expect(schedule.errors).toHaveLength(1);
  });

  it('does not make up for times that passed while the machine was asleep', async () => {
    let nowMs = 0;
    let wake: () => void = () => undefined;
    const clock = {
      now: () => nowMs,
      sleep: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          wake = resolve;
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
    };
    await using schedule = scheduled(undefined, { clock });
    const wakeAt = async (atMs: number) => {
      nowMs = atMs;
      wake();
      await new Promise((resolve) => setImmediate(resolve));
    };
    await wakeAt(10.5 * MINUTE_MS);
    expect(schedule.events).toHaveLength(1);
    await wakeAt(10.9 * MINUTE_MS);
    expect(schedule.events).toHaveLength(1);
    await wakeAt(11 * MINUTE_MS);
    expect(schedule.events).toHaveLength(2);
  });

  it('may have a period that is longer than a timer can be', async () => {
    await using schedule = scheduled(undefined, { everyMs: 30 * DAY_MS });
    await schedule.clock.advance(30 * DAY_MS - 1);
    expect(schedule.events).toHaveLength(0);
    await schedule.clock.advance(1);
    expect(schedule.events).toHaveLength(1);
  });
});

describe('a schedule that is stopped', () => {
  it('waits for the run that has begun, begins none, and says so', async () => {
    const work = held();
    const schedule = scheduled(work.handler);
    await schedule.clock.advance(MINUTE_MS);
    const extra = schedule.run();
    let isStopped = false;
    const stopped = schedule[Symbol.asyncDispose]().then(() => {
      isStopped = true;
    });
    await schedule.clock.advance(MINUTE_MS);
    expect(isStopped).toBe(false);
    work.release();
    await Promise.all([stopped, extra]);
    expect(schedule.events).toHaveLength(1);
    expect(schedule.lines).toEqual(['Minutely: a run is left out, because the stack is stopping']);
    expect(schedule.clock.sleepers).toBe(0);
    expect(schedule.errors).toEqual([]);
  });
});
