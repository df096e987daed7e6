import { describe, expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { deleteSession } from '../../lib/deletion/index.ts';
import {
  type FollowUpContext,
  FollowUpDeadlineError,
  followUpArchive,
  handleFollowUp,
  StepTimeoutError,
} from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { builtInCategories } from '../../lib/memory/index.ts';
import type { Model } from '../../lib/model/index.ts';
import { readArchive } from '../../lib/session-log/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key, policy } from '../support/commit-world.ts';
import { crashAt, type Fault } from '../support/failing-port.ts';
import { textOf } from '../support/text-of.ts';

const forever = new AbortController().signal;

/** A model that counts its calls, and expects that the follow-up holds no lease meanwhile. */
function countingModel(leases: ReadonlyMap<string, unknown>, name = 'counting') {
  const expectNoLease = () =>
    expect([...leases.keys()].filter((resource) => resource.includes('#MEMORY#'))).toEqual([]);
  const calls: string[] = [];
  const previous: (string | undefined)[] = [];
  const model: Model = {
    name,
    async summarise({ messages, previousSummary }) {
      calls.push('summary');
      previous.push(previousSummary);
      expectNoLease();
      return { value: `${previousSummary ?? ''}${messages.map(({ content }) => content).join(' ')}.` };
    },
    async extract({ messages }) {
      calls.push('extraction');
      expectNoLease();
      const memories = messages.map((message) => ({
        category: 'event' as const,
        key: textOf(message).toLowerCase(),
        text: `They said ${textOf(message)}.`,
        confidence: 1,
        messageId: message.id,
      }));
      return { value: { memories, rejected: [] } };
    },
  };
  return { model, calls, previous };
}

async function setUp() {
  const world = await commitWorld();
  await world.store.updateSettings(key, { memoryCategories: builtInCategories });
  const { model, calls, previous } = countingModel(world.leases.leases);
  const memories = inProcessMemoryStore(world.store.sessions);
  const context: FollowUpContext = {
    store: world.store,
    memories,
    model,
    fallback: countingModel(world.leases.leases, 'fallback').model,
    lease: world.context.lease,
    limits: defaultLimits,
    owner: 'worker-1',
    onEvent: () => undefined,
  };
  const archive = async (text: string, commitId: string) => {
    await world.append(text);
    await commitSession(world.context, world.message(commitId), forever);
  };
  const message = (number: number) => ({ ...key, archive: number, commitId: `c-${number}` });
  const allMemories = async () =>
    (await memories.listMemories({ tenant: 'acme', scope: 'ann' }, { limit: 100 })).memories;
  /** Names of statements, of all scopes. */
  const allStatements = () =>
    [...memories.scopes.values()].flatMap(({ statements }) => [...statements.keys()]);
  return {
    world,
    ...world,
    memories,
    context,
    calls,
    previous,
    archive,
    message,
    allMemories,
    allStatements,
  };
}

const hangingModel: Model = {
  name: 'hanging',
  summarise: () => new Promise(() => undefined),
  extract: () => new Promise(() => undefined),
};

describe('a follow-up', () => {
  test('writes a summary and the memories, once, and completes the commit', async () => {
    const { store, context, calls, archive, message, allMemories, allStatements, commit } = await setUp();
    await archive('hello', 'c-1');
    expect(await followUpArchive(context, message(1), forever)).toBe(true);
    expect(await followUpArchive(context, message(1), forever)).toBe(true);
    expect(calls).toEqual(['summary', 'extraction']);
    const manifest = await store.readManifest(key, 1);
    expect(manifest?.followUp).toMatchObject({
      state: 'completed',
      summary: { outcome: 'done', by: 'counting', text: 'hello.' },
      extraction: { outcome: 'done', by: 'counting', memories: [], scope: 'ann' },
      merge: { outcome: 'done', created: 1 },
    });
    const by = { kind: 'archive', session: 'chat', archive: 1, messageId: 'id-1', model: 'counting' };
    expect(await allMemories()).toMatchObject([{ key: 'hello', by }]);
    expect(allStatements()).toHaveLength(1);
    const status = await commit('c-1');
    expect(status?.state).toBe('completed');
    expect(status?.timeline.map(({ event }) => event)).toEqual([
      'committing',
      'archived',
      'summary',
      'extraction',
      'merge',
      'completed',
    ]);
  });

  test('that is quicker than the end of its commit completes it all the same', async () => {
    const { world, context, commit } = await setUp();
    await world.append('hello');
    const eager: typeof world.followUps.send = async (sent) => {
      await world.followUps.send(sent);
      await followUpArchive(context, sent.body, forever);
    };
    const followUps = { send: eager };
    await commitSession({ ...world.context, followUps }, world.message('c-1'), forever);
    expect(await commit('c-1')).toMatchObject({ state: 'completed', archive: 1 });
  });

  test('is given the latest finished summary before it, over a gap', async () => {
    const { context, previous, archive, message } = await setUp();
    for (const [index, text] of ['one', 'two', 'three'].entries()) await archive(text, `c-${index + 1}`);
    await followUpArchive(context, message(1), forever);
    await followUpArchive(context, message(3), forever);
    expect(previous).toEqual([undefined, 'one.']);
  });

  test('takes no message for said after it was appended, and keeps its time as it was sent', async () => {
    const { world, context, store, clock, message, allMemories } = await setUp();
    const said: string[] = [];
    const model: Model = {
      ...context.model,
      async extract(input) {
        said.push(...input.messages.map(({ at }) => at));
        return context.model.extract(input);
      },
    };
    const appendedAt = new Date(clock.now()).toISOString();
    await world.append('future', { at: '2099-01-01T00:00:00Z' });
    await world.append('fast', { at: new Date(clock.now() + 60_000).toISOString() });
    await world.append('offset', { at: '9999-12-31T23:59:59-23:59' });
    await world.append('past', { at: '2001-02-03T04:05:06+02:00' });
    await commitSession(world.context, world.message('c-1'), forever);
    await followUpArchive({ ...context, model }, message(1), forever);

    expect(said).toEqual([appendedAt, appendedAt, appendedAt, '2001-02-03T04:05:06+02:00']);
    const seen = Object.fromEntries(
      (await allMemories()).map(({ key, lastSeenAtMs }) => [key, lastSeenAtMs]),
    );
    const appendedAtMs = Date.parse(appendedAt);
    expect(seen).toEqual({
      future: appendedAtMs,
      fast: appendedAtMs,
      offset: appendedAtMs,
      past: Date.parse('2001-02-03T04:05:06+02:00'),
    });
    const manifest = await store.readManifest(key, 1);
    const stored = [];
    if (manifest)
      for await (const record of readArchive(store, key, manifest)) stored.push(...record.messages);
    expect(stored.map(({ at }) => at)[0]).toBe('2099-01-01T00:00:00Z');
  });

  test('lets a later truth win over an earlier message of a device whose clock is fast', async () => {
    const { world, context, clock, message, allMemories } = await setUp();
    const model: Model = {
      ...context.model,
      async extract({ messages }) {
        const memories = messages.map((message) => ({
          category: 'profile' as const,
          key: 'city',
          text: textOf(message),
          confidence: 1,
          messageId: message.id,
        }));
        return { value: { memories, rejected: [] } };
      },
    };
    for (const [index, [text, at]] of [
      ['Lives in Oslo.', '2099-01-01T00:00:00Z'],
      ['Lives in Bergen.', undefined],
    ].entries()) {
      await world.append(text ?? '', at === undefined ? {} : { at });
      await commitSession(world.context, world.message(`c-${index + 1}`), forever);
      await followUpArchive({ ...context, model }, message(index + 1), forever);
      clock.advance(1_000);
    }
    expect(await allMemories()).toMatchObject([{ key: 'city', text: 'Lives in Bergen.' }]);
  });

  test('of an archive that is gone with its session does nothing', async () => {
    const { context, calls, message } = await setUp();
    expect(await followUpArchive(context, message(7), forever)).toBe(false);
    expect(calls).toEqual([]);
  });

  test('of a session that is deleted while its archive is read does nothing, and calls nothing damaged', async () => {
    const { store, context, calls, archive, message, allMemories } = await setUp();
    await archive('hello', 'c-1');
    const deletion = { ...context, store, limits: { lease: policy, memoryLease: policy } };
    const readChunk: typeof store.readChunk = async (...place) => {
      await deleteSession(deletion, key, { memories: true }, forever);
      return store.readChunk(...place);
    };
    const beside = { ...context, store: { ...store, readChunk } };
    expect(await followUpArchive(beside, message(1), forever)).toBe(false);
    expect(calls).toEqual([]);
    expect(await allMemories()).toEqual([]);
  });

  test('of a session that is deleted while a model reads its archive remembers nothing of it', async () => {
    const { store, context, memories, archive, message, allMemories, allStatements } = await setUp();
    await archive('hello', 'c-1');
    const deletion = { ...context, store, limits: { lease: policy, memoryLease: policy } };
    const model: Model = {
      ...context.model,
      async extract(request) {
        const extraction = await context.model.extract(request);
        await deleteSession(deletion, key, { memories: true }, forever);
        return extraction;
      },
    };
    await followUpArchive({ ...context, model }, message(1), forever);
    expect(await allMemories()).toEqual([]);
    expect(allStatements()).toEqual([]);
    expect([...memories.scopes.values()].flatMap(({ sources }) => [...sources.keys()])).toEqual([]);
  });

  test('merges into the scope that the session had when it was extracted', async () => {
    const { store, context, memories, archive, message, allMemories } = await setUp();
    await archive('hello', 'c-1');
    const doomed = { ...memories, change: () => Promise.reject(new Error('cut off')) };
    await followUpArchive({ ...context, memories: doomed }, message(1), forever).catch(() => 'as it should');
    await store.updateSettings(key, { scope: { from: 'ann', to: 'bob', formerScopes: ['ann'] } });
    await followUpArchive(context, message(1), forever);
    expect(await allMemories()).toMatchObject([{ key: 'hello' }]);
    expect(memories.scopes.get('acme/bob')?.memories.size ?? 0).toBe(0);
  });

  test('extracts only the categories that the session wants', async () => {
    const { store, context, archive, message, allMemories } = await setUp();
    await store.updateSettings(key, { memoryCategories: ['profile'] });
    await archive('hello', 'c-1');
    await followUpArchive(context, message(1), forever);
    expect(await allMemories()).toEqual([]);
  });

  test.each(['before', 'after'] as const)(
    'that crashes %s any of its calls takes effect once, and repeats no recorded step',
    async (fault: Fault) => {
      for (let call = 1; ; call += 1) {
        const { context, calls, archive, message, allMemories, allStatements, clock, store } = await setUp();
        await archive('hello', 'c-1');
        const crash = crashAt(call, fault);
        const doomed = {
          ...context,
          store: crash.wrap(context.store),
          memories: crash.wrap(context.memories),
          lease: { ...context.lease, leases: crash.wrap(context.lease.leases) },
        };
        await clock.runUntil(followUpArchive(doomed, message(1), forever).catch(() => 'as it should'));
        const summaryWasRecorded = (await store.readManifest(key, 1))?.followUp.summary !== undefined;
        const callsBefore = calls.filter((name) => name === 'summary').length;
        await clock.advance(30_000);
        await clock.runUntil(followUpArchive(context, message(1), forever));
        const callsAfter = calls.filter((name) => name === 'summary').length;
        if (summaryWasRecorded) expect(callsAfter, `call ${call}`).toBe(callsBefore);
        const memories = await allMemories();
        expect(memories, `call ${call}`).toHaveLength(1);
        expect(allStatements(), `call ${call}`).toHaveLength(1);
        expect((await store.readManifest(key, 1))?.followUp.state, `call ${call}`).toBe('completed');
        if (!crash.crashed) break;
      }
    },
  );
});

describe('a follow-up whose model hangs', () => {
  const limits = (policy: 'fail' | 'fallback' | 'skip') => ({
    ...defaultLimits,
    followUp: { ...defaultLimits.followUp, onSummaryTimeout: policy, onExtractionTimeout: policy },
  });

  test('fails after the step’s time, and leaves what is recorded', async () => {
    const { clock, store, context, archive, message } = await setUp();
    await archive('hello', 'c-1');
    const startedAtMs = clock.now();
    const doomed = { ...context, model: hangingModel, limits: limits('fail') };
    const error = await clock.runUntil(
      followUpArchive(doomed, message(1), forever).catch((reason) => reason),
    );
    expect(error).toBeInstanceOf(StepTimeoutError);
    expect(clock.now() - startedAtMs).toBe(defaultLimits.followUp.summaryTimeoutMs);
    expect((await store.readManifest(key, 1))?.followUp).toEqual({ state: 'pending' });
  });

  test('uses the fallback model, or leaves the step out, as the limits say', async () => {
    for (const policy of ['fallback', 'skip'] as const) {
      const { clock, store, context, archive, message } = await setUp();
      await archive('hello', 'c-1');
      const limited = { ...context, model: hangingModel, limits: limits(policy) };
      await clock.runUntil(followUpArchive(limited, message(1), forever));
      const followUp = (await store.readManifest(key, 1))?.followUp;
      expect(followUp?.state).toBe('completed');
      if (policy === 'fallback') expect(followUp?.summary).toMatchObject({ outcome: 'done', by: 'fallback' });
      else expect(followUp?.summary).toMatchObject({ outcome: 'skipped' });
    }
  });

  test('ends at the deadline of the whole, whatever the step may take', async () => {
    const { clock, context, archive, message } = await setUp();
    await archive('hello', 'c-1');
    const followUp = { ...defaultLimits.followUp, deadlineMs: 1_000 };
    const doomed = { ...context, model: hangingModel, limits: { ...defaultLimits, followUp } };
    const work = followUpArchive(doomed, message(1), forever).catch((reason) => reason);
    expect(await clock.runUntil(work)).toBeInstanceOf(FollowUpDeadlineError);
  });

  test('says on the commit what went wrong, and after its last delivery that it is dead-lettered', async () => {
    const { clock, store, context, archive, message, commit } = await setUp();
    await archive('hello', 'c-1');
    const doomed = { ...context, model: hangingModel };
    const deliver = (receiveCount: number) => {
      const delivery = {
        messageId: 'm',
        receiptHandle: 'r',
        group: 'g',
        body: JSON.stringify(message(1)),
        receiveCount,
      };
      return clock.runUntil(
        handleFollowUp(doomed, delivery, { maxReceiveCount: 2, signal: forever }).catch((reason) => reason),
      );
    };
    await deliver(1);
    expect(await commit('c-1')).toMatchObject({ state: 'archived' });
    await deliver(2);
    expect(await commit('c-1')).toMatchObject({ state: 'dead-lettered', archive: 1 });
    expect((await commit('c-1'))?.timeline.slice(-2)).toMatchObject([
      {
        attempt: 1,
        step: 'summary',
        durationMs: 120_000,
        detail: 'The summary did not end within 120000 ms.',
      },
      {
        attempt: 2,
        step: 'summary',
        durationMs: 120_000,
        detail: 'The summary did not end within 120000 ms.',
      },
    ]);
    expect((await store.readManifest(key, 1))?.followUp.state).toBe('dead-lettered');
    await followUpArchive(context, message(1), forever);
    expect(await commit('c-1')).toMatchObject({ state: 'completed', archive: 1 });
  });

  test('of a replayed letter is retrying, and has each death on the timeline of its commit, in order', async () => {
    const { clock, context, archive, message, commit } = await setUp();
    await archive('hello', 'c-1');
    const doomed = { ...context, model: hangingModel };
    const deliver = (receiveCount: number, replay?: string, using = doomed) => {
      const body = JSON.stringify(message(1));
      const delivery = { messageId: 'm', receiptHandle: 'r', group: 'g', body, receiveCount };
      const replayed = { ...delivery, ...(replay !== undefined && { replay }) };
      const bounds = { maxReceiveCount: 2, signal: forever };
      return clock.runUntil(handleFollowUp(using, replayed, bounds).catch((reason) => reason));
    };
    const round = ['follow-up-failed', 'dead-lettered'];
    const events = async () => (await commit('c-1'))?.timeline.slice(2).map(({ event }) => event);
    await deliver(1);
    await deliver(2);
    await deliver(1, 'replayed by ann');
    expect(await commit('c-1')).toMatchObject({ state: 'retrying', archive: 1 });
    await deliver(2, 'replayed by ann');
    expect(await commit('c-1')).toMatchObject({ state: 'dead-lettered', archive: 1 });
    expect(await events()).toEqual([...round, 'retrying', ...round]);
    await deliver(1, 'replayed by bob', context);
    expect(await commit('c-1')).toMatchObject({ state: 'completed' });
    expect(await events()).toEqual([
      ...round,
      'retrying',
      ...round,
      'retrying',
      'summary',
      'extraction',
      'merge',
      'completed',
    ]);
  });
});
