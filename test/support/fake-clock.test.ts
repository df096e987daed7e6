import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { fakeClock } from './fake-clock.ts';

it.each([
  ['is told of a request, and waits for its answer', true, 'answered'],
  ['is not, and outruns it', false, 'too late'],
])('a fake clock %s', async (_what, isTold, outcome) => {
  const { promise: answer, resolve } = Promise.withResolvers<string>();
  const clock = fakeClock(isTold ? { idle: async () => void (await answer) } : {});
  const work = clock.runUntil(Promise.race([answer, clock.sleep(3_000).then(() => 'too late')]));
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
  resolve('answered');
  expect(await work).toBe(outcome);
});
