import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { FunctionCrashError, FunctionError, FunctionTimeoutError } from '../../local/errors.ts';
import { localFunction } from '../../local/lambda/local-function.ts';
import { temporaryFolder } from './temporary-folder.ts';

const TIMEOUT_MS = 20_000;

/** Timers of this thread that end when a test says so; those of functions, in theirs, go on. */
function fakeTimers() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return {
    /** Lets the time pass once an invocation is under way. */
    async pass(ms: number): Promise<void> {
      await nextTurn();
      vi.advanceTimersByTime(ms);
    },
    [Symbol.dispose]: () => vi.useRealTimers(),
  };
}

/** A function with this source, and what it has logged. */
async function functionOf(
  source: string,
  options: { readonly timeoutMs?: number; readonly maxEnvironments?: number } = {},
) {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryFolder({ 'index.mjs': source }));
  const lines: string[] = [];
  const one = resources.use(
    localFunction({
      functionName: 'Tested',
      modulePath: path.join(folder.path, 'index.mjs'),
      exportName: 'handler',
      timeoutMs: TIMEOUT_MS,
      memoryMb: 256,
      variables: { COLOUR: 'green' },
      onLog: (line) => lines.push(line),
      ...options,
    }),
  );
  const owned = resources.move();
  return { ...one, lines, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Counts its invocations, or does as it is told. */
const counter = `
let count = 0;
export async function handler({ told } = {}) {
  count += 1;
  if (told === 'spin') for (;;);
  if (told === 'hang') await new Promise(() => setInterval(() => {}, 1000));
  if (told === 'exit') process.exit(3);
  if (told === 'throw') throw new TypeError('no such thing');
  if (told === 'throw later') {
    setTimeout(() => { throw new RangeError('too late to catch'); });
    await new Promise(() => {});
  }
  return count;
}`;

describe('a function', () => {
  it('keeps its execution environment from one invocation to the next', async () => {
    await using one = await functionOf(counter);
    expect(await one.invoke({})).toBe(1);
    expect(await one.invoke({})).toBe(2);
  });

  it('serves invocations side by side in environments of their own', async () => {
    await using one = await functionOf(counter);
    const held = expect(one.invoke({ told: 'hang' })).rejects.toThrow(FunctionCrashError);
    expect(await one.invoke({})).toBe(1);
    expect(await one.killBusy()).toBe(1);
    await held;
  });

  it('has no more environments than it may: the others wait for their turn', async () => {
    await using one = await functionOf(counter, { maxEnvironments: 1 });
    const answers = await Promise.all([one.invoke({}), one.invoke({}), one.invoke({})]);
    expect(answers.toSorted()).toEqual([1, 2, 3]);
  });

  it('sees the variables that it was given, what its environment is called, and none of the machine', async () => {
    await using one = await functionOf('export const handler = () => process.env');
    expect(await one.invoke({})).toEqual({ COLOUR: 'green', AWS_SDK_UA_APP_ID: 'Tested.1' });
  });

  it('knows who it is, which invocation this is, and how long it has', async () => {
    await using one = await functionOf(
      `export const handler = (_event, context) => ({
        ...context,
        leftMs: context.getRemainingTimeInMillis(),
      });`,
    );
    const [first, second] = [await one.invoke({}), await one.invoke({})] as Record<string, unknown>[];
    expect(first).toMatchObject({ functionName: 'Tested', memoryLimitInMB: '256' });
    expect(first?.['leftMs']).toBeGreaterThan(0);
    expect(first?.['leftMs']).toBeLessThanOrEqual(TIMEOUT_MS);
    expect(first?.['awsRequestId']).not.toBe(second?.['awsRequestId']);
  });

  it('answers what JSON can say, as the real runtime does', async () => {
    await using one = await functionOf(
      `export const handler = ({ n }) => [undefined, { at: new Date(0), gone: undefined }, 1n][n];`,
    );
    expect(await one.invoke({ n: 0 })).toBeNull();
    expect(await one.invoke({ n: 1 })).toEqual({ at: '1970-01-01T00:00:00.000Z' });
    await expect(one.invoke({ n: 2 })).rejects.toThrow(/BigInt/);
  });

  it('tells what it writes, line by line', async () => {
    await using one = await functionOf(
      `export const handler = () => { console.log('one\\ntwo'); console.error('three'); };`,
    );
    await one.invoke({});
    await expect.poll(() => one.lines.toSorted()).toEqual(['one', 'three', 'two']);
  });
});

describe('a function that fails', () => {
  it('says what its handler threw, and serves the next invocation where it is', async () => {
    await using one = await functionOf(counter);
    const failed = one.invoke({ told: 'throw' });
    await expect(failed).rejects.toThrow(FunctionError);
    await expect(failed).rejects.toThrow('Tested: TypeError: no such thing');
    expect(await one.invoke({})).toBe(2);
  });

  it.each(['spin', 'hang'])(
    'is killed when its time is up, and the next has a fresh one: %s',
    async (told) => {
      await using one = await functionOf(counter, { timeoutMs: TIMEOUT_MS, maxEnvironments: 1 });
      using time = fakeTimers();
      expect(await one.invoke({})).toBe(1);
      const late = one.invoke({ told });
      late.catch(() => 'expected below');
      await time.pass(TIMEOUT_MS);
      await expect(late).rejects.toThrow(FunctionTimeoutError);
      await expect(late).rejects.toThrow('Tested: Task timed out after 20.00 seconds');
      expect(await one.invoke({})).toBe(1);
    },
  );

  it('gives who waits behind a killed invocation a fresh environment, not the dying one', async () => {
    await using one = await functionOf(counter, { timeoutMs: TIMEOUT_MS, maxEnvironments: 1 });
    using time = fakeTimers();
    await one.invoke({});
    const all = Promise.allSettled([one.invoke({ told: 'spin' }), one.invoke({}), one.invoke({})]);
    await time.pass(TIMEOUT_MS);
    const [late, next, last] = await all;
    expect(late).toMatchObject({ status: 'rejected', reason: { code: 'function-timeout' } });
    expect([next, last]).toMatchObject([{ value: 1 }, { value: 2 }]);
  });

  it.each([
    ['exit', /Tested died/],
    ['throw later', /Tested died: .*too late to catch/],
  ])('is replaced when it dies in the middle of an invocation: %s', async (told, message) => {
    await using one = await functionOf(counter);
    const failed = one.invoke({ told });
    await expect(failed).rejects.toThrow(FunctionCrashError);
    await expect(failed).rejects.toThrow(message);
    expect(await one.invoke({})).toBe(1);
  });

  it.each([
    ["throw new Error('no table');", /Tested died: no table/],
    ['export const other = () => 1;', /exports no handler/],
    ['export const handler = {', /Tested died: .*Unexpected/],
  ])('says why it did not load: %s', async (source, message) => {
    await using one = await functionOf(source);
    await expect(one.invoke({})).rejects.toThrow(message);
  });
});

describe('a function that is stopped', () => {
  it('fails what runs and what waits, and runs nothing any more', async () => {
    const one = await functionOf(counter, { maxEnvironments: 1 });
    await one.invoke({});
    const pending = Promise.allSettled([one.invoke({ told: 'hang' }), one.invoke({}), one.invoke({})]);
    await one[Symbol.asyncDispose]();
    expect((await pending).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(one.invoke({})).rejects.toThrow(/stack has stopped/);
  });
});
