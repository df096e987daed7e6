import { expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { type FollowUpContext, followUpArchive } from '../../lib/follow-up/index.ts';
import { LeaseLostError } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { builtInCategories, type MemoryCategory } from '../../lib/memory/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';

const forever = new AbortController().signal;

async function followedUp(text: string, categories: readonly MemoryCategory[]) {
  const world = await commitWorld();
  await world.store.updateSettings(key, { memoryCategories: [...categories] });
  await world.append(text);
  await commitSession(world.context, world.message('c-1'), forever);
  const context: FollowUpContext = {
    store: world.store,
    lease: world.context.lease,
    owner: 'worker-1',
    onEvent: (event) => world.events.push(event),
    memories: inProcessMemoryStore(world.store.sessions),
    model: offlineModel(),
    fallback: offlineModel(),
    limits: defaultLimits,
  };
  await followUpArchive(context, { ...key, archive: 1, commitId: 'c-1' }, forever);
  return world.events.filter(({ type }) => type.startsWith('follow-up.'));
}

it('a write that the fence refuses is reported, with the claim that it was made under', async () => {
  const { context, store, append, message, events } = await commitWorld();
  await append('a');
  const seal = store.seal;
  store.seal = async (...given) => {
    await store.claim(key);
    return seal(...given);
  };
  await expect(commitSession(context, message('c-1'), forever)).rejects.toBeInstanceOf(LeaseLostError);
  expect(events).toContainEqual({ type: 'commit.fence-rejected', ...key, commitId: 'c-1', fence: 1 });
});

it('each question to a model is reported, with the step and the model', async () => {
  const asked = (await followedUp('My name is Ann.', builtInCategories)).filter(
    ({ type }) => type === 'follow-up.asked',
  );
  expect(asked).toMatchObject([
    { step: 'summary', model: expect.any(String), archive: 1 },
    { step: 'extraction', model: expect.any(String), archive: 1 },
  ]);
});

it('a commit that yields no memory is reported as such', async () => {
  const events = await followedUp('Hm.', builtInCategories);
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'follow-up.merged', created: 0, updated: 0, unchanged: 0 }),
  );
});

it('a session that wants no memories is not reported as one that yields none', async () => {
  const types = (await followedUp('My name is Ann.', [])).map(({ type }) => type);
  expect(types).not.toContain('follow-up.merged');
});
