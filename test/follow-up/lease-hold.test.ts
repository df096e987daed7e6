import { expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import type { LeaseEvent } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { builtInCategories } from '../../lib/memory/index.ts';
import type { Model } from '../../lib/model/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { delayedPort } from '../support/delayed-port.ts';

const MODEL_MS = 10_000;
const REQUEST_MS = 2;

test('leases are held for less than 1 % of the time that a slow model takes', async () => {
  const world = await commitWorld();
  const { clock } = world;
  await world.store.updateSettings(key, { memoryCategories: builtInCategories });
  for (let index = 0; index < 30; index += 1) await world.append(`message ${index}`);

  const heldMs: number[] = [];
  const onEvent = (event: LeaseEvent) => {
    if (event.type === 'lease.released') heldMs.push(event.heldMs);
  };
  const store = delayedPort(world.store, clock, REQUEST_MS);
  const lease = { ...world.context.lease, leases: delayedPort(world.leases, clock, REQUEST_MS), onEvent };
  const model: Model = {
    name: 'slow',
    async summarise({ signal }) {
      await clock.sleep(MODEL_MS, signal);
      return { value: 'They talked.' };
    },
    async extract({ messages, signal }) {
      await clock.sleep(MODEL_MS, signal);
      const memories = messages.slice(0, 5).map(({ id }, index) => ({
        category: 'event' as const,
        key: `event-${index}`,
        text: 'It happened.',
        confidence: 1,
        messageId: id,
      }));
      return { value: { memories, rejected: [] } };
    },
  };

  const signal = new AbortController().signal;
  const { archive } = await clock.runUntil(
    commitSession({ ...world.context, store, lease }, world.message('c-1'), signal),
  );
  const startedAtMs = clock.now();
  const memories = delayedPort(inProcessMemoryStore(world.store.sessions), clock, REQUEST_MS);
  const context = { store, memories, model, fallback: model, lease, limits: defaultLimits, owner: 'worker' };
  const followUp = { ...key, archive: archive ?? 0, commitId: 'c-1' };
  await clock.runUntil(followUpArchive({ ...context, onEvent: () => undefined }, followUp, signal));

  expect(clock.now() - startedAtMs).toBeGreaterThanOrEqual(2 * MODEL_MS);
  expect(heldMs).toHaveLength(2);
  expect(Math.max(...heldMs)).toBeGreaterThan(0);
  for (const held of heldMs) expect(held).toBeLessThan(MODEL_MS / 100);
});
