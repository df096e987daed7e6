import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbLeaseStore } from '../../lib/lease/index.ts';
import { MemoryNotForgottenError, MemoryNotFoundError } from '../../lib/memory/index.ts';
import { leaseResources } from '../../lib/table/index.ts';
import { changeMemory, eraseMemories, listMemories, readMemory } from '../../operator/memories/index.ts';
import { said } from '../memory/statements.ts';
import { memoryTarget } from './memory-target.ts';

let world: Awaited<ReturnType<typeof memoryTarget>>;
beforeAll(async () => {
  world = await memoryTarget();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const { signal } = new AbortController();
let scopes = 0;

/** A scope of its own, with what operators do there. */
function ofScope({ target, merge } = world) {
  const scope = { tenant: 'acme', scope: `user-${++scopes}` };
  const home = { ...scope, category: 'profile', key: 'home-city' };
  return {
    scope,
    home,
    merge: (...some: Parameters<typeof said>[]) => merge(scope, ...some.map((one) => said(...one))),
    list: (choice: Partial<Parameters<typeof listMemories>[1]> = {}) =>
      listMemories(target, { ...scope, limit: 100, ...choice }, signal),
    read: () => readMemory(target, home, signal),
    enter: (entry: Parameters<typeof changeMemory>[2], address = home) =>
      changeMemory(target, address, entry, signal),
    erase: (report?: (progress: { readonly text: string }) => void) =>
      eraseMemories(target, scope, { signal, report }),
  };
}

describe('the memories of a scope', () => {
  it('are listed page by page, by category, and with those that were taken back if that is asked for', async () => {
    const { merge, list, enter, scope } = ofScope();
    await merge(['Ann lives in Oslo.'], ['Ann likes tea.', { category: 'preference', key: 'drink' }]);
    await merge(['Ann has a cat.', { category: 'entity', key: 'tom' }]);
    await enter({ kind: 'forget' }, { ...scope, category: 'entity', key: 'tom' });
    const keys = async (...choice: Parameters<typeof list>) =>
      (await list(...choice)).memories.map(({ key }) => key);
    expect(await keys()).toEqual(['drink', 'home-city']);
    expect(await keys({ category: 'profile' })).toEqual(['home-city']);
    expect(await keys({ withForgotten: true })).toEqual(['tom', 'drink', 'home-city']);
    const { nextAfter, memories } = await list({ withForgotten: true, limit: 2 });
    expect(memories[0]).not.toHaveProperty('text');
    expect(nextAfter).toBe('preference#drink');
    expect(await keys({ withForgotten: true, limit: 2, after: nextAfter })).toEqual(['home-city']);
  });

  it('are found by words of every script, or by how they begin', async () => {
    const { merge, list } = ofScope();
    await merge(
      ['Ann lives in Bergen, near the harbour.'],
      ['Ann mag Straßenbahnen.', { category: 'preference', key: 'straßenbahn' }],
      ['アンは寿司が好きです。', { category: 'preference', key: '寿司' }],
      ['She writes C++ 🦀.', { category: 'preference', key: 'c++' }],
    );
    const found = async (words: string) => (await list({ words })).memories.map(({ key }) => key);
    expect(await found('BERG')).toEqual(['home-city']);
    expect(await found('bergen ann')).toEqual(['home-city']);
    expect(await found('bergen tea')).toEqual([]);
    expect(await found('strassenbahn')).toEqual(['straßenbahn']);
    expect(await found('寿司')).toEqual(['寿司']);
    expect(await found('preference c++')).toEqual(['c++']);
    expect(await found('🦀')).toEqual(['c++']);
    expect(await found('  ')).toHaveLength(4);
  });

  it('are read until enough fit, however many there are that do not', async () => {
    const { merge, list } = ofScope();
    for (let index = 0; index < 5; index += 1) {
      const some = Array.from({ length: 60 }, (_, number): Parameters<typeof said> => {
        const key = `topic-${String(index * 60 + number).padStart(3, '0')}`;
        return [index === 4 && number > 56 ? 'About whales.' : 'About tea.', { category: 'entity', key }];
      });
      await merge(...some);
    }
    const { memories, nextAfter } = await list({ words: 'whales', limit: 2 });
    expect(memories.map(({ key }) => key)).toEqual(['topic-297', 'topic-298']);
    expect(await list({ words: 'whales', limit: 2, after: nextAfter })).toMatchObject({
      memories: [{ key: 'topic-299' }],
    });
  });
});

describe('a memory', () => {
  it('shows its history: what was said, when, by whom, and from which archive and message', async () => {
    const { merge, read, enter } = ofScope();
    await merge(['Ann lives in Bonn.', { archive: 1 }]);
    await merge(['Ann lives in Oslo.', { archive: 2, carriedFrom: [['old', 'older'], ['old']] }]);
    await enter({ kind: 'edit', text: 'Ann lives in Bergen.' });
    const memory = await read();
    expect(memory).toMatchObject({
      text: 'Ann lives in Bergen.',
      by: { kind: 'person', who: 'operator:local user ann' },
      firstSeenAt: '1970-01-01T00:00:00.001Z',
    });
    expect(memory.history).toMatchObject([
      { by: { kind: 'person' }, text: 'Ann lives in Bergen.', isInForce: true },
      {
        by: { kind: 'archive', session: 'chat', archive: 2, messageId: 'm', model: 'test' },
        text: 'Ann lives in Oslo.',
        alsoFrom: ['old', 'older'],
      },
      { by: { archive: 1 }, saidAt: '1970-01-01T00:00:00.001Z' },
    ]);
    expect(memory.history.filter(({ isInForce }) => isInForce)).toHaveLength(1);
  });

  it('is forgotten, restored and corrected, and says who did it', async () => {
    const { merge, read, enter } = ofScope();
    await merge(['Ann lives in Bonn.']);
    const before = await read();
    const forgotten = await enter({ kind: 'forget' });
    expect(forgotten).not.toHaveProperty('text');
    expect(forgotten.revision).not.toBe(before.revision);
    expect((await read()).history[0]).toEqual({
      saidAt: expect.any(String),
      by: { kind: 'person', who: 'operator:local user ann' },
      retracts: true,
      confidence: 1,
      isInForce: true,
    });
    expect(await enter({ kind: 'restore' })).toMatchObject({ text: 'Ann lives in Bonn.' });
    expect((await read()).history).toMatchObject([
      { by: { kind: 'person' }, restores: true },
      { by: { kind: 'person' }, retracts: true },
      { by: { kind: 'archive' }, text: 'Ann lives in Bonn.', isInForce: true },
    ]);
    await expect(enter({ kind: 'restore' })).rejects.toThrow(MemoryNotForgottenError);
    expect(await enter({ kind: 'edit', text: 'Ann lives in Rome.' })).toMatchObject({
      text: 'Ann lives in Rome.',
    });
  });

  it('that is not there cannot be shown or forgotten, and is made by an edit', async () => {
    const { read, enter } = ofScope();
    await expect(read()).rejects.toThrow(MemoryNotFoundError);
    await expect(enter({ kind: 'forget' })).rejects.toThrow(MemoryNotFoundError);
    await enter({ kind: 'edit', text: 'Ann lives in Rome.' });
    expect(await read()).toMatchObject({ text: 'Ann lives in Rome.', history: [{ isInForce: true }] });
  });

  it('of before there were statements shows what was known then', async () => {
    const { target } = world;
    const { scope, home, read } = ofScope();
    const { tenant: _, scope: __, ...subject } = home;
    const seenAtMs = Date.parse('2025-01-01T00:00:00Z');
    const earlier = {
      text: 'Ann lives in Bonn.',
      confidence: 0.8,
      firstSeenAtMs: seenAtMs - 2,
      saidAtMs: seenAtMs,
      sessions: ['chat', 'other'],
      history: [{ text: 'Ann lives in Rome.', seenAtMs: seenAtMs - 1 }],
    };
    const by = { kind: 'earlier' } as const;
    const { text, confidence, firstSeenAtMs, saidAtMs } = earlier;
    const view = {
      ...subject,
      text,
      confidence,
      firstSeenAtMs,
      saidAtMs,
      lastSeenAtMs: saidAtMs,
      by,
      earlier,
    };
    await target.memories.change(scope, { memories: [{ subject, after: { ...view, revision: 'r' } }] });
    expect((await read()).history).toEqual([
      {
        saidAt: '2025-01-01T00:00:00.000Z',
        by,
        text,
        confidence: 0.8,
        isInForce: true,
        alsoFrom: ['chat', 'other'],
      },
      { saidAt: '2024-12-31T23:59:59.999Z', by, text: 'Ann lives in Rome.' },
    ]);
  });

  it('names no operator in more than 140 characters', async () => {
    const { enter } = ofScope({
      ...world,
      target: { ...world.target, operator: async () => 'x'.repeat(400) },
    });
    const { by } = await enter({ kind: 'edit', text: 'Ann lives in Rome.' });
    expect(by).toEqual({ kind: 'person', who: `operator:${'x'.repeat(131)}` });
  });

  it.each([
    ['local user ann', 'operator:local user ann'],
    ['arn:aws:sts::123456789012:assumed-role/ops/ann@example.com', 'operator:ops/ann@example.com'],
    ['arn:aws:iam::123456789012:user/team/ann', 'operator:team/ann'],
    ['arn:aws:iam::123456789012:root', 'operator:root'],
  ])('that is entered by %s names %s', async (arn, who) => {
    const { enter } = ofScope({ ...world, target: { ...world.target, operator: async () => arn } });
    expect(await enter({ kind: 'edit', text: 'Ann lives in Rome.' })).toMatchObject({ by: { who } });
  });
});

describe('erasing a scope', () => {
  it('takes all that is known, and what was said until then does not come back', async () => {
    const { merge, list, erase } = ofScope();
    await merge(['Ann lives in Bonn.'], ['Ann likes tea.', { key: 'drink' }]);
    expect(await erase()).toMatchObject({ erased: true, saidUntil: '2026-01-01T00:00:00.000Z' });
    await merge(['Ann lives in Rome.', { archive: 3 }]);
    expect((await list({ withForgotten: true })).memories).toEqual([]);
    expect(await erase()).toMatchObject({ erased: true });
  });

  it('waits for the lease of the memories, says for whom, and gives it back', async () => {
    const { table, clock } = world;
    const { scope, merge, list, erase } = ofScope();
    await merge(['Ann lives in Bonn.']);
    const leases = dynamodbLeaseStore({ ...table, clock });
    const claim = {
      resource: leaseResources.memories(scope),
      owner: 'follow-up/1',
      token: 't',
      ttlMs: 5_000,
    };
    await leases.acquire(claim);
    const told = Promise.withResolvers<string>();
    const erased = erase(({ text }) => told.resolve(text));
    expect(await told.promise).toBe('waiting for follow-up/1, which changes these memories now');
    expect((await list()).memories).toHaveLength(1);
    await leases.release(claim);
    await clock.advance(60_000);
    await erased;
    expect((await list()).memories).toEqual([]);
    expect(await leases.acquire({ ...claim, token: 'u' })).toMatchObject({ acquired: true });
  });

  it('takes no lease where leases are not in the table', async () => {
    const { target } = world;
    const elsewhere = { ...target, outputs: { ...target.outputs, LeaseStore: 'upstash' as const } };
    const { scope, merge, list, erase } = ofScope({ ...world, target: elsewhere });
    await merge(['Ann lives in Bonn.']);
    const leases = dynamodbLeaseStore({ ...world.table, clock: world.clock });
    await leases.acquire({
      resource: leaseResources.memories(scope),
      owner: 'other',
      token: 't',
      ttlMs: 60_000,
    });
    await erase();
    expect((await list()).memories).toEqual([]);
  });
});
