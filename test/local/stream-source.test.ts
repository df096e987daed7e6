import { describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../local/emulators/index.ts';
import { recordQueue } from '../../local/emulators/table/record-queue.ts';
import {
  type DiscardedBatch,
  type StreamSourceOptions,
  startStreamSource,
} from '../../local/lambda/stream-source.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeFunction } from './fake-function.ts';

interface StreamEvent {
  readonly Records: readonly StreamRecord[];
}

const numbersOf = (records: readonly StreamRecord[]) =>
  records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
const failingAt = (...numbers: number[]) => ({
  batchItemFailures: numbers.map((number) => ({ itemIdentifier: String(number) })),
});

/** A source that is fed with numbered records, and a function that answers as the test says. */
function world(
  answer: (numbers: readonly number[], attempt: number) => unknown,
  options: Partial<Omit<StreamSourceOptions, 'reader' | 'handler' | 'clock'>> = {},
) {
  const clock = fakeClock();
  const queue = recordQueue(() => undefined);
  const discarded: (Omit<DiscardedBatch, 'records'> & { numbers: number[] })[] = [];
  const errors: unknown[] = [];
  const batches: number[][] = [];
  const handler = fakeFunction<StreamEvent>(({ Records }) => {
    batches.push(numbersOf(Records));
    return answer(numbersOf(Records), batches.length);
  });
  const source = startStreamSource({
    reader: { ...queue, [Symbol.dispose]: () => undefined },
    handler,
    batchSize: 3,
    windowMs: 0,
    reportsFailures: true,
    bisects: false,
    onError: (error) => errors.push(error),
    onDiscarded: async ({ records, ...how }) => void discarded.push({ ...how, numbers: numbersOf(records) }),
    ...options,
    clock,
  });
  return {
    clock,
    discarded,
    errors,
    add(...numbers: number[]) {
      for (const number of numbers)
        queue.add({
          dynamodb: {
            SequenceNumber: String(number),
            SizeBytes: 1,
            ApproximateCreationDateTime: Math.floor(clock.now() / 1000),
          },
        } as StreamRecord);
    },
    /** The batches that the function got. */
    batches: () => batches,
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}

describe('a source that is a stream', () => {
  it('hands over records in order, in batches of no more than it is told', async () => {
    await using w = world(() => ({ batchItemFailures: [] }));
    w.add(1, 2, 3, 4);
    await expect.poll(w.batches).toEqual([[1, 2, 3], [4]]);
    w.add(5);
    await expect.poll(w.batches).toEqual([[1, 2, 3], [4], [5]]);
    expect(w.errors).toEqual([]);
  });

  it('waits for a batch that is not full, for as long as its window', async () => {
    await using w = world(() => undefined, { windowMs: 2_000 });
    w.add(1);
    await w.clock.advance(1_999);
    expect(w.batches()).toEqual([]);
    w.add(2);
    await w.clock.advance(1);
    expect(w.batches()).toEqual([[1, 2]]);
  });

  it('delivers again what failed, and what is behind it, and nothing before it', async () => {
    await using w = world((_numbers, attempt) => (attempt === 1 ? failingAt(3, 2) : undefined));
    w.add(1, 2, 3, 4);
    await expect.poll(w.batches).toEqual([[1, 2, 3]]);
    await w.clock.advance(500);
    expect(w.batches()).toEqual([[1, 2, 3], [2, 3], [4]]);
  });

  it('delivers all of a batch again when the function dies, later each time, and 10 s at most', async () => {
    await using w = world((_numbers, attempt) => {
      if (attempt < 8) throw new Error(`died ${attempt}`);
    });
    w.add(1, 2);
    await expect.poll(w.batches).toHaveLength(1);
    for (const [index, pauseMs] of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000].entries()) {
      await w.clock.advance(pauseMs - 1);
      expect(w.batches()).toHaveLength(index + 1);
      await w.clock.advance(1);
    }
    expect(w.batches()).toEqual(Array.from({ length: 8 }, () => [1, 2]));
    expect(w.errors).toHaveLength(7);
    expect(w.discarded).toEqual([]);
  });

  it('halves a batch that fails, to get past a record that fails always', async () => {
    await using w = world(
      (numbers) => {
        if (numbers.includes(2)) throw new Error('poison');
      },
      { bisects: true, maxRetries: 1 },
    );
    w.add(1, 2, 3);
    await w.clock.advance(60_000);
    expect(w.batches()).toEqual([[1, 2, 3], [1, 2], [1], [2], [2], [3]]);
    expect(w.discarded).toEqual([{ numbers: [2], condition: 'RetryAttemptsExhausted', invocations: 2 }]);
  });

  it('gives up after as many retries as it is told', async () => {
    await using w = world(
      (numbers) => {
        if (numbers.includes(1)) throw new Error('no');
      },
      { maxRetries: 2 },
    );
    w.add(1, 2, 3, 4);
    await w.clock.advance(60_000);
    expect(w.batches()).toEqual([[1, 2, 3], [1, 2, 3], [1, 2, 3], [4]]);
    expect(w.discarded).toEqual([
      { numbers: [1, 2, 3], condition: 'RetryAttemptsExhausted', invocations: 3 },
    ]);
  });

  it('gives up records that are too old, and delivers those behind them', async () => {
    let isBroken = true;
    await using w = world(
      () => {
        if (isBroken) throw new Error('no');
      },
      { maxAgeMs: 60_000 },
    );
    w.add(1, 2);
    await w.clock.advance(30_000);
    w.add(3);
    await w.clock.advance(45_000);
    isBroken = false;
    await w.clock.advance(10_000);
    expect(w.discarded).toMatchObject([{ numbers: [1, 2], condition: 'RecordAgeExceeded' }]);
    expect(w.batches().at(-1)).toEqual([3]);
  });

  it('takes an answer that names a record of no such batch for one that says nothing', async () => {
    await using w = world((_numbers, attempt) => (attempt === 1 ? failingAt(99) : undefined));
    w.add(1);
    await w.clock.advance(500);
    expect(w.batches()).toEqual([[1], [1]]);
    expect(w.errors.map(String)).toEqual([expect.stringMatching(/not understood/)]);
  });

  it('asks for no such answer when the mapping does not', async () => {
    await using w = world(() => failingAt(1), { reportsFailures: false });
    w.add(1);
    await w.clock.advance(60_000);
    expect(w.batches()).toEqual([[1]]);
  });

  it('lets the function end what it has begun when it stops, and begins nothing more', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const w = world(() => promise);
    w.add(1, 2, 3, 4);
    await expect.poll(w.batches).toEqual([[1, 2, 3]]);
    let isStopped = false;
    const stopped = w[Symbol.asyncDispose]().then(() => {
      isStopped = true;
    });
    await w.clock.advance(1_000);
    expect(isStopped).toBe(false);
    resolve();
    await stopped;
    expect(w.batches()).toEqual([[1, 2, 3]]);
    expect(w.clock.sleepers).toBe(0);
  });
});
