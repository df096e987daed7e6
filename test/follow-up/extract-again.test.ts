import { expect, test } from 'vitest';
import { changeSettings } from '../../lib/api/change-settings.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { deleteSession } from '../../lib/deletion/index.ts';
import { type FollowUpContext, followUpArchive, handleFollowUp } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { enterMemory, mergeStatements } from '../../lib/memory/index.ts';
import type { Model } from '../../lib/model/index.ts';
import type { FollowUpMessage } from '../../lib/queue/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key, policy } from '../support/commit-world.ts';
import { crashAt, type Fault } from '../support/failing-port.ts';
import { statementOf } from '../support/statement-of.ts';

const forever = new AbortController().signal;
type Said = Readonly<Record<string, string>>;

/** A session with an archive of one message, whose memories are what the model says: by `category/key`. */
async function setUp(first: Said = { 'profile/city': 'Oslo', 'event/visit': 'Saw Ana' }) {
  const world = await commitWorld();
  await world.store.updateSettings(key, { memoryCategories: null });
  const memories = inProcessMemoryStore(world.store.sessions);
  const answer = { says: first, calls: 0, shown: [] as string[] };
  const model: Model = {
    name: 'test:model',
    summarise: async () => ({ value: 'They talked.' }),
    async extract({ messages, known }) {
      answer.calls += 1;
      answer.shown = known.map(({ text }) => text);
      const messageId = messages[0]?.id ?? '';
      const found = Object.entries(answer.says).map(([name, text]) => {
        const [category = '', subject = ''] = name.split('/');
        return { category, key: subject, text, confidence: 1, messageId };
      });
      return { value: { memories: found, rejected: [] }, promptVersion: 'extraction.v9' };
    },
  };
  const context: FollowUpContext = {
    ...{ store: world.store, memories, model, fallback: model, lease: world.context.lease },
    ...{ limits: defaultLimits, owner: 'worker-1', onEvent: (event) => void world.events.push(event) },
  };
  await world.append('Hello from Oslo; I met Ana there.');
  await commitSession(world.context, world.message('c-1'), forever);
  const plain: FollowUpMessage = { ...key, archive: 1, commitId: 'c-1' };
  await followUpArchive(context, plain, forever);
  answer.calls = 0;
  const message = (id: string, mode: NonNullable<FollowUpMessage['again']>['mode']) => ({
    ...plain,
    again: { id, mode },
  });
  return {
    ...{ world, context, memories, model, answer, message },
    run: (
      id: string,
      mode: NonNullable<FollowUpMessage['again']>['mode'],
      with_: Partial<FollowUpContext> = {},
    ) => followUpArchive({ ...context, ...with_ }, message(id, mode), forever),
    texts: async (scope = 'ann') =>
      (await memories.listMemories({ tenant: 'acme', scope }, {})).memories.map(({ text }) => text),
    followUp: async () => (await world.store.readManifest(key, 1))?.followUp,
    enter: (subject: { category: string; key: string }, text: string) =>
      enterMemory(
        { ...world.context.lease, memories, now: world.clock.now },
        { tenant: 'acme', scope: 'ann' },
        subject,
        { entry: { kind: 'edit', text }, who: 'ann' },
      ),
    others: (...some: ReturnType<typeof statementOf>[]) =>
      mergeStatements({ ...world.context.lease, memories }, { tenant: 'acme', scope: 'ann' }, some),
  };
}

test('an archive says what the model says of it now, and nothing that it said before', async () => {
  const { answer, run, texts, followUp, others, world } = await setUp();
  await others(statementOf('Rome', { category: 'profile', key: 'city' }));
  answer.says = { 'profile/name': 'Ann' };
  await run('x', 'find-and-merge');
  expect(await texts()).toEqual(['Rome', 'Ann']);
  expect(await followUp()).toMatchObject({
    extraction: { outcome: 'done', againId: 'x', promptVersion: 'extraction.v9', memories: [], scope: 'ann' },
    merge: { created: 1, updated: 0, unchanged: 0, retracted: 2 },
  });
  expect(await followUp()).not.toHaveProperty('again');
  expect(world.events).toContainEqual(expect.objectContaining({ type: 'follow-up.replaced', created: 1 }));
});

test('a dry run keeps what it found and changes nothing; a second message merges that, and asks no model', async () => {
  const { answer, run, texts, followUp } = await setUp();
  answer.says = { 'profile/city': 'Bergen' };
  await run('x', 'find');
  await run('x', 'find');
  expect(await texts()).toEqual(['Saw Ana', 'Oslo']);
  expect((await followUp())?.again).toMatchObject({
    id: 'x',
    extraction: { memories: [{ text: 'Bergen' }] },
  });
  answer.says = { 'profile/city': 'Rome' };
  await run('x', 'merge');
  await run('x', 'merge');
  expect(answer.calls).toBe(1);
  expect(await texts()).toEqual(['Bergen']);
});

test('what another extraction has replaced is not merged', async () => {
  const { answer, run, texts, followUp } = await setUp();
  answer.says = { 'profile/city': 'Bergen' };
  await run('x', 'find');
  answer.says = { 'profile/city': 'Rome' };
  await run('y', 'find');
  await run('x', 'merge');
  expect(await texts()).toEqual(['Saw Ana', 'Oslo']);
  await run('y', 'merge');
  expect(await texts()).toEqual(['Rome']);
  expect((await followUp())?.extraction).toMatchObject({ againId: 'y' });
});

test('a category that is not wanted any more loses its statements', async () => {
  const { run, texts, world } = await setUp();
  await world.store.updateSettings(key, { memoryCategories: ['profile'] });
  await run('x', 'find-and-merge');
  expect(await texts()).toEqual(['Oslo']);
});

test('what a person has entered holds', async () => {
  const { answer, enter, run, texts } = await setUp();
  await enter({ category: 'profile', key: 'city' }, 'Tromsø');
  answer.says = { 'profile/city': 'Bergen' };
  await run('x', 'find-and-merge');
  expect(await texts()).toEqual(['Tromsø']);
});

test('statements stay in the scope where they are, and the model is shown that one', async () => {
  const { answer, run, texts, world, others, memories } = await setUp();
  await others(statementOf('Ana is a friend.', { category: 'entity', key: 'ana' }));
  await changeSettings(world.store, key, { scope: 'bob' });
  const secret = statementOf('Bob has a secret.', { key: 'secret' });
  await mergeStatements({ ...world.context.lease, memories }, { tenant: 'acme', scope: 'bob' }, [secret]);
  answer.says = { 'profile/city': 'Bergen' };
  await run('x', 'find');
  await run('x', 'merge');
  expect(answer.shown).toContain('Ana is a friend.');
  expect(answer.shown).not.toContain('Bob has a secret.');
  expect(await texts('ann')).toEqual(['Ana is a friend.', 'Bergen']);
  expect(await texts('bob')).toEqual(['Bob has a secret.']);
});

test('a model that does not answer in time is never replaced by its fallback', async () => {
  const { run, texts, world, context } = await setUp();
  const silent: Model = { ...context.model, extract: () => new Promise(() => undefined) };
  const followUp = { ...defaultLimits.followUp, onExtractionTimeout: 'fallback' } as const;
  const limits = { ...defaultLimits, followUp };
  const work = run('x', 'find-and-merge', { model: silent, limits }).catch((error) => error);
  expect(await world.clock.runUntil(work)).toMatchObject({ code: 'step-timeout' });
  expect(await texts()).toEqual(['Saw Ana', 'Oslo']);
});

const bounds = { maxReceiveCount: 2, signal: forever };
const delivery = (message: FollowUpMessage, receiveCount: number) => ({
  ...{ messageId: 'm', receiptHandle: 'r', group: 'g', body: JSON.stringify(message), receiveCount },
});

test('a failure at the last delivery leaves archive and commit as they are, and says why', async () => {
  const { message, texts, followUp, world, context, run } = await setUp();
  const before = await followUp();
  const failing: Model = { ...context.model, extract: () => Promise.reject(new Error('no credit')) };
  for (const receiveCount of [1, 2]) {
    const handled = handleFollowUp(
      { ...context, model: failing },
      delivery(message('x', 'find-and-merge'), receiveCount),
      bounds,
    );
    await expect(handled).rejects.toThrow('no credit');
    if (receiveCount === 1) expect(await followUp()).toEqual(before);
  }
  const skipped = { outcome: 'skipped', atMs: world.clock.now(), reason: 'no credit' };
  expect(await followUp()).toEqual({ ...before, again: { id: 'x', extraction: skipped } });
  expect(await texts()).toEqual(['Saw Ana', 'Oslo']);
  expect((await world.commit('c-1'))?.state).toBe('completed');
  await run('x', 'find-and-merge');
  expect(await followUp()).not.toHaveProperty('again');
});

test('what was found and could not be merged is kept, with the reason, for another try', async () => {
  const { answer, message, texts, followUp, world, context, run } = await setUp();
  answer.says = { 'profile/city': 'Bergen' };
  await run('x', 'find');
  const memories = { ...context.memories, change: () => Promise.reject(new Error('no table')) };
  const handled = handleFollowUp({ ...context, memories }, delivery(message('x', 'merge'), 2), bounds);
  await expect(world.clock.runUntil(handled)).rejects.toThrow('no table');
  expect((await followUp())?.again).toMatchObject({
    extraction: { outcome: 'done' },
    failure: { reason: 'no table' },
  });
  await world.clock.runUntil(run('x', 'merge'));
  expect(await texts()).toEqual(['Bergen']);
  expect(answer.calls).toBe(1);
});

test('of a session that is deleted nothing is found or merged', async () => {
  const { run, texts, world, context, answer } = await setUp();
  await run('x', 'find');
  const limits = { lease: policy, memoryLease: policy };
  await deleteSession({ ...context, store: world.store, limits }, key, { memories: true }, forever);
  expect(await run('x', 'merge')).toBe(false);
  expect(await run('y', 'find-and-merge')).toBe(false);
  expect(await texts()).toEqual([]);
  expect(answer.calls).toBe(1);
});

/** Another session has spoken of zebras, and the archive carries it on. */
async function setUpCarrying() {
  const set = await setUp();
  const { world, context, others, answer, followUp, memories } = set;
  const other = { tenant: 'acme', session: 'other' };
  await world.store.createSession(other, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
  await others(statementOf('Ana keeps zebras.', { category: 'entity', key: 'ana' }));
  answer.says = { 'profile/city': 'Oslo', 'entity/ana': 'Ana keeps zebras, and lives in Oslo.' };
  const limits = { lease: policy, memoryLease: policy };
  return {
    ...{ ...set, other },
    forget: (session: typeof key) =>
      deleteSession({ ...context, store: world.store, limits }, session, { memories: true }, forever),
    stored: async () => JSON.stringify(await followUp()),
    sources: () =>
      [...(memories.scopes.get('acme/ann')?.sources.values() ?? [])]
        .filter(({ names }) => names.length > 0)
        .map(({ session, author }) => `${session} in ${author}`),
  };
}

test('words of a session that is erased do not stay on the manifest of another', async () => {
  const { run, forget, other, stored, followUp, texts } = await setUpCarrying();
  await run('x', 'find');
  expect(await stored()).toContain('zebras');
  await forget(other);
  expect(await stored()).not.toContain('zebras');
  expect((await followUp())?.again).toMatchObject({ extraction: { memories: [{ text: 'Oslo' }] } });
  await run('x', 'merge');
  expect(await texts()).toEqual(['Oslo']);
});

test.each(['extract', 'change'] as const)(
  'words of a session that is erased at %s are not kept',
  async (when) => {
    const { run, context, forget, other, stored, texts } = await setUpCarrying();
    const extract: Model['extract'] = async (request) => {
      const extraction = await context.model.extract(request);
      if (when === 'extract') await forget(other);
      return extraction;
    };
    const change: FollowUpContext['memories']['change'] = async (...given) => {
      if (when === 'change') await forget(other);
      return context.memories.change(...given);
    };
    const beside = { model: { ...context.model, extract }, memories: { ...context.memories, change } };
    await run('x', 'find', beside);
    expect(await stored()).not.toContain('zebras');
    await run('x', 'merge');
    expect(await texts()).not.toContain('zebras');
  },
);

test('what is found leaves no name with the session whose words it holds when its own is deleted', async () => {
  const { run, forget, sources } = await setUpCarrying();
  const before = sources();
  await run('x', 'find');
  expect(sources()).toEqual(before);
  await run('x', 'merge');
  await run('y', 'find');
  await forget(key);
  expect(sources()).toEqual(['other in other#000001']);
});

test('a session that repeats what it carried on of another carries it on still', async () => {
  const { world, context, answer, others, memories } = await setUp({ 'profile/city': 'Oslo' });
  await others(statementOf('Ana keeps zebras.', { category: 'entity', key: 'ana' }));
  const later = async (archive: number, says: Said) => {
    answer.says = says;
    await world.append('Ana moved.');
    await commitSession(world.context, world.message(`c-${archive}`), forever);
    await followUpArchive(context, { ...key, archive, commitId: `c-${archive}` }, forever);
  };
  await later(2, { 'entity/ana': 'Ana keeps zebras and moved.' });
  await world.clock.advance(1_000);
  await later(3, { 'entity/ana': 'Ana keeps zebras and moved away.' });
  const { statements } = await memories.listStatements(
    { tenant: 'acme', scope: 'ann' },
    { category: 'entity', key: 'ana' },
    {},
  );
  expect(statements.map(({ carriedFrom }) => carriedFrom)).toEqual([[['other']], [['other']], undefined]);
});

test.each(['before', 'after'] as const)(
  'a crash %s any of its calls has it take effect once, and asks the model once after it has answered',
  async (fault: Fault) => {
    for (let call = 1; ; call += 1) {
      const { answer, run, texts, world, context, followUp, others } = await setUp();
      await others(statementOf('Ana keeps zebras.', { category: 'entity', key: 'ana' }));
      answer.says = { 'profile/city': 'Bergen', 'entity/ana': 'Ana keeps zebras and met Ann.' };
      const crash = crashAt(call, fault);
      const doomed = {
        store: crash.wrap(context.store),
        memories: crash.wrap(context.memories),
        lease: { ...context.lease, leases: crash.wrap(context.lease.leases) },
      };
      await world.clock.runUntil(run('x', 'find-and-merge', doomed).catch(() => 'as it should'));
      const wasKept = (await followUp())?.again !== undefined;
      const callsBefore = answer.calls;
      await world.clock.advance(30_000);
      await world.clock.runUntil(run('x', 'find-and-merge'));
      if (wasKept) expect(answer.calls, `call ${call}`).toBe(callsBefore);
      expect(await texts(), `call ${call}`).toEqual(['Ana keeps zebras and met Ann.', 'Bergen']);
      expect(await followUp(), `call ${call}`).not.toHaveProperty('again');
      if (!crash.crashed) break;
    }
  },
);
