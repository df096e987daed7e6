import { beforeEach, describe, expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { type FollowUpEvent, handleFollowUp } from '../../lib/follow-up/index.ts';
import { LeaseUnavailableError } from '../../lib/lease/index.ts';
import { defaultLimits, type Limits } from '../../lib/limits/index.ts';
import { builtInCategories } from '../../lib/memory/index.ts';
import type { Model } from '../../lib/model/index.ts';
import { DeadLetterError } from '../../lib/queue/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';

const HELD_MS = 600_000;
const signal = new AbortController().signal;

let world: Awaited<ReturnType<typeof commitWorld>>;
let memories: ReturnType<typeof inProcessMemoryStore>;
let calls: string[];
let events: FollowUpEvent[];

/** An archive of one message waits for its follow-up, and somebody else holds the lease on the scope's memories. */
beforeEach(async () => {
  world = await commitWorld();
  memories = inProcessMemoryStore(world.store.sessions);
  calls = [];
  events = [];
  await world.store.updateSettings(key, { memoryCategories: builtInCategories });
  await world.append('hello');
  await world.clock.runUntil(commitSession(world.context, world.message('c-1'), signal));
  const resource = 'TENANT#acme#MEMORY#ann';
  await world.leases.acquire({ resource, owner: 'somebody', token: 't', ttlMs: HELD_MS });
});

const model: Model = {
  name: 'counting',
  async summarise() {
    calls.push('summary');
    return { value: 'They said hello.' };
  },
  async extract({ messages }) {
    calls.push('extraction');
    const found = messages.map(({ id }) => ({
      category: 'event' as const,
      key: 'hello',
      text: 'They said hello.',
      confidence: 1,
      messageId: id,
    }));
    return { value: { memories: found, rejected: [] } };
  },
};

function deliver(onExhausted: Limits['memoryLease']['onExhausted'], receiveCount = 1) {
  const { store, context, clock } = world;
  const body = JSON.stringify({ ...key, archive: 1, commitId: 'c-1' });
  const handled = handleFollowUp(
    {
      store,
      memories,
      model,
      fallback: model,
      lease: context.lease,
      limits: { ...defaultLimits, memoryLease: { ...defaultLimits.memoryLease, onExhausted } },
      owner: 'worker-1',
      onEvent: (event) => events.push(event),
    },
    { messageId: 'm', receiptHandle: 'h', group: 'g', body, receiveCount },
    { maxReceiveCount: 3, signal },
  );
  handled.catch(() => 'the test looks at it');
  return clock.runUntil(handled);
}

const followUp = async () => (await world.store.readManifest(key, 1))?.followUp;
const listed = async () =>
  (await memories.listMemories({ tenant: 'acme', scope: 'ann' }, { limit: 9 })).memories;

describe('a follow-up whose memory lease stays busy', () => {
  it('is given back by `retry-later`, keeps what the model gave, and merges once the lease is free', async () => {
    await expect(deliver('retry-later')).rejects.toThrow(LeaseUnavailableError);
    const failed = await world.commit('c-1');
    expect(failed).toMatchObject({ state: 'archived' });
    expect(failed?.timeline.at(-1)).toMatchObject({ event: 'follow-up-failed', step: 'merge', attempt: 1 });
    expect(await followUp()).not.toHaveProperty('merge');

    await world.clock.advance(HELD_MS);
    await deliver('retry-later', 2);
    expect(calls).toEqual(['summary', 'extraction']);
    expect(await followUp()).toMatchObject({ state: 'completed', merge: { outcome: 'done', created: 1 } });
    expect(await world.commit('c-1')).toMatchObject({ state: 'completed' });
    expect(await listed()).toMatchObject([{ key: 'hello' }]);
  });

  it('is given up at its last delivery by `retry-later`', async () => {
    await expect(deliver('retry-later', 3)).rejects.toThrow(LeaseUnavailableError);
    expect(await world.commit('c-1')).toMatchObject({ state: 'dead-lettered' });
  });

  it('is given up at its first delivery by `dead-letter`, and a replay goes on with the merge', async () => {
    const error = await deliver('dead-letter').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeadLetterError);
    expect(error).toMatchObject({ code: 'lease-unavailable' });
    expect(await followUp()).toMatchObject({ state: 'dead-lettered', extraction: { outcome: 'done' } });
    const status = await world.commit('c-1');
    expect(status).toMatchObject({ state: 'dead-lettered', archive: 1 });
    expect(status?.timeline.at(-1)).toMatchObject({ event: 'dead-lettered', step: 'merge', attempt: 1 });
    expect(status?.timeline.at(-1)?.detail).toContain('somebody');

    await world.clock.advance(HELD_MS);
    await deliver('dead-letter');
    expect(calls).toEqual(['summary', 'extraction']);
    expect(await world.commit('c-1')).toMatchObject({ state: 'completed' });
    expect(await listed()).toHaveLength(1);
  });

  it('is completed without its memories by `skip`, and says why', async () => {
    await deliver('skip');
    const merge = { outcome: 'skipped', reason: expect.stringContaining('somebody') };
    expect(await followUp()).toMatchObject({ state: 'completed', extraction: { outcome: 'done' }, merge });
    const status = await world.commit('c-1');
    expect(status).toMatchObject({ state: 'completed' });
    expect(status?.timeline.at(-2)).toMatchObject({
      event: 'merge',
      detail: expect.stringContaining('somebody'),
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'follow-up.step', outcome: 'skipped' }));
    expect(await listed()).toEqual([]);
  });
});
