import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type EvidencedMemory,
  forgetSession,
  inProcessMemoryStore,
  type MemoryStore,
  mergeMemory,
} from '../../lib/memory/index.ts';
import { dynamodbMemoryStore } from '../../lib/store/index.ts';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';

let table: TestTable;
let scopeCount = 0;
const newScope = () => ({ tenant: 'acme', scope: `user-${++scopeCount}` });
const forever = new AbortController().signal;

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const city = (text: string, seenAtMs: number): EvidencedMemory => ({
  category: 'profile',
  key: 'home-city',
  text,
  confidence: 0.9,
  messageId: 'm-1',
  seenAtMs,
});
const source = (archive: number, session = 'chat') => ({ session, archive });

const adapters: Record<string, () => MemoryStore> = {
  'in this process': () => inProcessMemoryStore(),
  'on DynamoDB': () => dynamodbMemoryStore(table),
};

describe.each(Object.entries(adapters))('memories %s', (_name, makeStore) => {
  const setUp = () => ({ store: makeStore(), scope: newScope() });
  const read = (store: MemoryStore, scope: ReturnType<typeof newScope>) =>
    store.readMemory(scope, 'profile', 'home-city');

  test('are created with their first evidence', async () => {
    const { store, scope } = setUp();
    expect(await mergeMemory(store, scope, city('Ann lives in Bonn.', 5), source(1))).toBe('created');
    expect(await read(store, scope)).toEqual({
      category: 'profile',
      key: 'home-city',
      text: 'Ann lives in Bonn.',
      confidence: 0.9,
      firstSeenAtMs: 5,
      lastSeenAtMs: 5,
      archives: [source(1)],
      history: [],
      version: 1,
    });
  });

  test('do not change when the same archive is merged again', async () => {
    const { store, scope } = setUp();
    await mergeMemory(store, scope, city('Ann lives in Bonn.', 5), source(1));
    const before = await read(store, scope);
    expect(await mergeMemory(store, scope, city('Ann lives in Rome.', 9), source(1))).toBe('unchanged');
    expect(await read(store, scope)).toEqual(before);
  });

  test('take the newer evidence and keep the older, whichever is merged first', async () => {
    const orders = [
      [city('Ann lives in Bonn.', 5), city('Ann lives in Rome.', 9)],
      [city('Ann lives in Rome.', 9), city('Ann lives in Bonn.', 5)],
    ];
    for (const memories of orders) {
      const { store, scope } = setUp();
      for (const [index, memory] of memories.entries()) {
        await mergeMemory(store, scope, memory, source(index + 1));
      }
      expect(await read(store, scope)).toMatchObject({
        text: 'Ann lives in Rome.',
        firstSeenAtMs: 5,
        lastSeenAtMs: 9,
        history: [{ text: 'Ann lives in Bonn.', seenAtMs: 5 }],
        archives: [source(1), source(2)],
        version: 2,
      });
    }
  });

  test('lose no evidence when many archives are merged at once', async () => {
    const { store, scope } = setUp();
    const archives = [1, 2, 3, 4];
    await Promise.all(
      archives.map((archive) =>
        mergeMemory(store, scope, city('Ann lives in Bonn.', archive), source(archive)),
      ),
    );
    const memory = await read(store, scope);
    expect(memory?.archives.map(({ archive }) => archive).sort()).toEqual(archives);
    expect(memory?.version).toBe(4);
  });

  test('come in pages, in the order of category and key', async () => {
    const { store, scope } = setUp();
    for (const key of ['c', 'a', 'b']) {
      await mergeMemory(store, scope, { ...city('x', 1), key }, source(1));
    }
    const first = await store.listMemories(scope, { limit: 2 });
    expect(first.memories.map(({ key }) => key)).toEqual(['a', 'b']);
    const second = await store.listMemories(scope, { limit: 2, after: first.nextAfter ?? '' });
    expect(second.memories.map(({ key }) => key)).toEqual(['c']);
    expect(second.nextAfter).toBeUndefined();
  });

  test('come in pages of one category, which end with it', async () => {
    const { store, scope } = setUp();
    for (const category of ['preference', 'profile', 'case'] as const) {
      for (const key of ['b', 'a', 'c']) {
        await mergeMemory(store, scope, { ...city('x', 1), category, key }, source(1));
      }
    }
    const page = { category: 'preference', limit: 2 } as const;
    const first = await store.listMemories(scope, page);
    expect(first.nextAfter).toBe('preference#b');
    const second = await store.listMemories(scope, { ...page, after: first.nextAfter ?? '' });
    const found = [...first.memories, ...second.memories];
    expect(found.map(({ category, key }) => `${category}#${key}`)).toEqual([
      'preference#a',
      'preference#b',
      'preference#c',
    ]);
    expect(second.nextAfter).toBeUndefined();
    expect(await store.listMemories(scope, { category: 'event' })).toEqual({ memories: [] });
  });

  test('come all at once without a limit, also where they need not be the newest', async () => {
    const { store, scope } = setUp();
    const keys = Array.from({ length: 120 }, (_, index) => `k-${String(index).padStart(3, '0')}`);
    for (const key of keys) await mergeMemory(store, scope, { ...city('x', 1), key }, source(1));
    const all = await store.listMemories(scope, { mayBeStale: true });
    expect(all.memories.map(({ key }) => key)).toEqual(keys);
    expect(all.nextAfter).toBeUndefined();
  });

  test('forget a session, and go when they rest on nothing else', async () => {
    const { store, scope } = setUp();
    await mergeMemory(store, scope, city('Ann lives in Bonn.', 1), source(1, 'gone'));
    await mergeMemory(store, scope, { ...city('Ann is a nurse.', 1), key: 'job' }, source(1, 'gone'));
    await mergeMemory(store, scope, { ...city('Ann is a nurse.', 2), key: 'job' }, source(1, 'kept'));
    await forgetSession(store, scope, 'gone', forever);
    await forgetSession(store, scope, 'gone', forever);
    const { memories } = await store.listMemories(scope, { limit: 10 });
    expect(memories.map(({ key, archives }) => ({ key, archives }))).toEqual([
      { key: 'job', archives: [source(1, 'kept')] },
    ]);
  });
});
