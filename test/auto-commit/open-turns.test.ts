import { expect, test } from 'vitest';
import { appendAndCommit } from '../../lib/auto-commit/index.ts';
import { key } from '../support/commit-world.ts';
import { autoCommitWorld } from './auto-commit-world.ts';

const MINUTE_MS = 60_000;
const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: {} } as const;

test('a policy waits for the result of a call, but for no longer than an hour', async () => {
  const world = await autoCommitWorld({ messageCount: 1, idleSeconds: null });
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await world.clock.advance(MINUTE_MS);
      await world.runChecks();
    }
  };
  await appendAndCommit(world.context, key, [{ role: 'assistant', content: [call] }]);
  await pass(50);
  expect(world.reasons()).toEqual([]);
  await pass(20);
  expect(world.reasons()).toEqual(['message-count']);
  await world.commitAll();
  expect((await world.contents()).live).toEqual([]);
});
