import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../lib/archive/index.ts';
import {
  NEIGHBOURS_PER_REQUEST,
  VECTORS_PER_REQUEST,
  type Vector,
  type VectorStore,
} from '../../lib/embedding/index.ts';
import { eraseScope, type Memory, type MemoryStore, type ScopeKey } from '../../lib/memory/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import {
  dynamodbMemoryStore,
  dynamodbSessionStore,
  dynamodbVectorStore,
  inProcessMemoryStore,
  inProcessSessionStore,
  inProcessVectorStore,
  type SessionStore,
} from '../../lib/store/index.ts';
import { contextOf } from '../memory/statements.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { TestTable } from '../support/table-at.ts';
import { itemsOfVersion1 } from '../table/items-of-version-1.ts';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');
const DIMENSIONS = 3;
const embedder = { id: 'test:model@3', dimensions: DIMENSIONS };
const EAST = [1, 0, 0];
const NORTH = [0, 1, 0];
const WEST = [-1, 0, 0];

interface Stores {
  readonly sessions: SessionStore;
  readonly memories: MemoryStore;
  readonly vectors: VectorStore;
}

/** Only the table of this machine has vector indexes: moto does not know them. */
const isElsewhere = Boolean(process.env['COMMITLANE_TEST_DYNAMODB']);

let table: TestTable;
let names = 0;
beforeAll(async () => {
  table = await dynaliteTable({ dimensions: DIMENSIONS });
});
afterAll(() => table[Symbol.asyncDispose]());

const adapters: Record<string, () => Stores> = {
  'in this process': () => {
    const sessions = inProcessSessionStore();
    const memories = inProcessMemoryStore(sessions.sessions);
    return { sessions, memories, vectors: inProcessVectorStore(sessions.sessions, memories.scopes) };
  },
  ...(!isElsewhere && {
    'on DynamoDB': () => ({
      sessions: dynamodbSessionStore(table),
      memories: dynamodbMemoryStore(table),
      vectors: dynamodbVectorStore(table),
    }),
  }),
};

const newKey = (session = `chat-${++names}`, tenant = 'acme'): SessionKey => ({ tenant, session });
const newScope = (scope = `ann-${++names}`, tenant = 'acme'): ScopeKey => ({ tenant, scope });

function manifest(archive: number): Manifest {
  return {
    ...{
      archive,
      from: 1,
      to: 3,
      recordCount: 2,
      messageCount: 2,
      bytes: 160,
      commitId: 'c-1',
      sealedAtMs: NOW_MS,
    },
    chunks: [{ from: 1, to: 3, storedBytes: 90, sha256: 'ab' }],
    followUp: { state: 'pending' },
  };
}

function memory(key: string, revision = 'r-1', text: string | undefined = `It is ${key}.`): Memory {
  const times = { firstSeenAtMs: NOW_MS, lastSeenAtMs: NOW_MS, saidAtMs: NOW_MS };
  const by = { kind: 'person', id: 'p', who: 'ann' } as const;
  return { category: 'profile', key, confidence: 1, ...times, by, revision, ...(text !== '' && { text }) };
}

/** Remembers memories that are not there, in changes of what a transaction takes. */
async function remember(memories: MemoryStore, scope: ScopeKey, ...added: readonly Memory[]): Promise<void> {
  for (let from = 0; from < added.length; from += 100) {
    const page = added.slice(from, from + 100);
    const changed = page.map((after) => ({ subject: after, before: undefined, after }));
    expect(await memories.change(scope, { memories: changed })).toBe('done');
  }
}

const unit = (numbers: readonly number[]): Vector => numbers.map((number) => number / Math.hypot(...numbers));

function randomVectors(count: number): Vector[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, () =>
    unit(Array.from({ length: DIMENSIONS }, () => Number((random() - 0.5).toPrecision(4)))),
  );
}

const dot = (one: Vector, other: Vector) =>
  one.reduce((sum, number, at) => sum + number * (other[at] ?? 0), 0);

test.runIf(isElsewhere)(
  'the vectors of a table are tested on the local one only: no other has vector indexes',
  () => {
    expect(Object.keys(adapters)).toEqual(['in this process']);
  },
);

describe.each(Object.entries(adapters))('vectors of messages %s', (_name, makeStores) => {
  /** A session with archives, and what puts and finds vectors in it. */
  async function newSession({ key = newKey(), archives = [1] } = {}) {
    const stores = makeStores();
    const settings = { scope: 'ann', memoryCategories: [], createdAtMs: NOW_MS };
    await stores.sessions.createSession(key, settings);
    for (const archive of archives) await stores.sessions.putManifest(key, manifest(archive));
    return { ...stores, ...inSession(stores.vectors, key), key };
  }

  const inSession = (vectors: VectorStore, key: SessionKey, by = embedder) => ({
    put: (position: number, vector: Vector, { archive = 1, index = 0 } = {}) =>
      vectors.putMessageVectors(key, archive, by, [{ position, index, vector }]),
    near: (vector: Vector, limit = 10) => vectors.nearMessages(key, by, vector, limit),
  });

  test('give the nearest first, each with its place and its distance', async () => {
    const { put, near } = await newSession({ archives: [1, 2] });
    await put(7, WEST);
    await put(123, NORTH, { archive: 2, index: 99 });
    await put(8, EAST, { index: 1 });
    expect(await near(EAST)).toEqual([
      { archive: 1, position: 8, index: 1, distance: expect.closeTo(0, 6) },
      { archive: 2, position: 123, index: 99, distance: expect.closeTo(1, 6) },
      { archive: 1, position: 7, index: 0, distance: expect.closeTo(2, 6) },
    ]);
  });

  test('miss none of those that were written at once, as many as a request takes, and are in the order of their distances', async () => {
    const { key, vectors, near } = await newSession();
    const all = randomVectors(VECTORS_PER_REQUEST).map((vector, index) => ({ position: 5, index, vector }));
    expect(await vectors.putMessageVectors(key, 1, embedder, all)).toBe(true);
    const wanted = unit([0.3, -0.2, 0.9]);
    const found = await near(wanted, NEIGHBOURS_PER_REQUEST);
    const byDistance = all
      .map(({ index, vector }) => ({ index, distance: 1 - dot(vector, wanted) }))
      .sort((one, other) => one.distance - other.distance);
    expect(found.map(({ index }) => index)).toEqual(byDistance.map(({ index }) => index));
    for (const [at, { distance }] of found.entries())
      expect(distance).toBeCloseTo(byDistance[at]?.distance ?? Number.NaN, 5);
  });

  test('give no more than are asked for, and all that are equally near', async () => {
    const { put, near } = await newSession();
    for (const position of [1, 2, 3]) await put(position, EAST);
    await put(4, NORTH);
    const positions = (await near(EAST, 3)).map(({ position }) => position);
    expect(positions.sort()).toEqual([1, 2, 3]);
    expect(await near(EAST, 1)).toHaveLength(1);
    expect(await near(EAST, 100)).toHaveLength(4);
  });

  test('are found by direction, whatever their length', async () => {
    const { put, near } = await newSession();
    await put(1, [0.5, 0, 0]);
    expect(await near([20, 0, 0])).toMatchObject([{ position: 1, distance: expect.closeTo(0, 6) }]);
  });

  test('are found by their own embedder only', async () => {
    const { key, vectors, put, near } = await newSession();
    await put(1, EAST);
    for (const id of ['test:model', 'test:model@3@3', 'other:model@3', 'test:model@3#']) {
      const other = inSession(vectors, key, { id, dimensions: DIMENSIONS });
      expect(await other.near(EAST)).toEqual([]);
      await other.put(2, WEST);
    }
    expect(await near(EAST)).toMatchObject([{ position: 1 }]);
  });

  test('are overwritten by those of another embedder, and by their own', async () => {
    const { key, vectors, put, near } = await newSession();
    await put(1, EAST);
    await put(1, WEST);
    expect(await near(EAST)).toMatchObject([{ position: 1, distance: expect.closeTo(2, 6) }]);
    const other = inSession(vectors, key, { id: 'test:next@3', dimensions: DIMENSIONS });
    await other.put(1, NORTH);
    expect(await near(EAST)).toEqual([]);
    expect(await other.near(NORTH)).toHaveLength(1);
  });

  test('never leave their session, whatever others are called', async () => {
    const stores = makeStores();
    const settings = { scope: 'chat', memoryCategories: [], createdAtMs: NOW_MS };
    const others = [
      newKey('chat'),
      newKey('chat-'),
      newKey('cha'),
      newKey('chat', 'acme2'),
      newKey('chat', 'acm'),
    ];
    for (const [at, key] of others.entries()) {
      await stores.sessions.createSession(key, settings);
      await stores.sessions.putManifest(key, manifest(1));
      await inSession(stores.vectors, key).put(at + 1, EAST);
    }
    for (const [at, key] of others.entries())
      expect(await inSession(stores.vectors, key).near(EAST)).toMatchObject([{ position: at + 1 }]);
    expect(await stores.vectors.nearMemories(newScope('chat'), embedder, EAST, 10)).toEqual([]);
    expect(await inSession(stores.vectors, newKey('chat-1')).near(EAST)).toEqual([]);
  });

  test('are not written where there is no archive, neither one nor the rest', async () => {
    const { put, near, vectors } = await newSession();
    expect(await put(1, EAST, { archive: 2 })).toBe(false);
    expect(await inSession(vectors, newKey()).put(1, EAST)).toBe(false);
    expect(await near(EAST)).toEqual([]);
  });

  test('are listed and removed with their session, and not written once its archives are closed', async () => {
    const { key, sessions, put, near } = await newSession();
    await put(1, EAST);
    const listed = await sessions.listItems(key, { limit: 100 });
    expect(listed).toEqual(['ARCHIVE#000001', 'EMBEDDING#000001#000000000001#000']);
    await sessions.removeItems(key, ['ARCHIVE#000001'], NOW_MS);
    expect(await put(2, EAST)).toBe(false);
    await sessions.removeItems(key, ['EMBEDDING#000001#000000000001#000'], NOW_MS);
    expect(await near(EAST)).toEqual([]);
    expect(await sessions.listItems(key, { limit: 100 })).toEqual(['ARCHIVE#000001']);
  });

  test('are recorded with the follow-up, over what is recorded, and only where the archive is there', async () => {
    const { key, sessions, vectors } = await newSession();
    const skipped = { outcome: 'skipped', atMs: 1, reason: 'embedding-unavailable' } as const;
    const done = { outcome: 'done', atMs: 2, by: embedder.id, messages: 2 } as const;
    for (const result of [skipped, done, skipped]) {
      expect(await vectors.recordEmbedding(key, 1, result)).toBe(true);
      const read = await sessions.readManifest(key, 1);
      expect(read?.followUp).toEqual({ state: 'pending', embedding: result });
      const { manifests } = await sessions.readManifests(key, [1], ['embedding']);
      expect(manifests).toMatchObject([{ archive: 1, followUp: { state: 'pending', embedding: result } }]);
    }
    const { manifests } = await sessions.readManifests(key, [1], ['summary']);
    expect(manifests[0]?.followUp).toEqual({ state: 'pending' });
    expect(await vectors.recordEmbedding(key, 2, done)).toBe(false);
    await sessions.removeItems(key, ['ARCHIVE#000001'], NOW_MS);
    expect(await vectors.recordEmbedding(key, 1, done)).toBe(false);
  });
});

describe.each(Object.entries(adapters))('vectors of memories %s', (_name, makeStores) => {
  /** A scope with memories, and what puts and finds vectors in it. */
  async function newMemories(...added: readonly Memory[]) {
    const stores = makeStores();
    const scope = newScope();
    await remember(stores.memories, scope, ...added);
    const { vectors } = stores;
    return {
      ...stores,
      scope,
      put: (one: Memory, vector: Vector) => vectors.putMemoryVector(scope, one, embedder, vector),
      near: (vector: Vector, limit = 10) => vectors.nearMemories(scope, embedder, vector, limit),
    };
  }

  const [home, drink, job] = [memory('home-city'), memory('drink'), memory('job')];

  test('give the nearest first, each with its subject and its distance', async () => {
    const { put, near } = await newMemories(home, drink, job);
    expect(await put(home, NORTH)).toBe(true);
    expect(await put(drink, EAST)).toBe(true);
    expect(await put(job, WEST)).toBe(true);
    expect(await near(EAST, 2)).toEqual([
      { category: 'profile', key: 'drink', distance: expect.closeTo(0, 6) },
      { category: 'profile', key: 'home-city', distance: expect.closeTo(1, 6) },
    ]);
  });

  test('change nothing of what is read of memories', async () => {
    const { put, memories, scope } = await newMemories(home, drink);
    const subjects = [home];
    const before = [await memories.listMemories(scope, {}), await memories.readMemories(scope, subjects)];
    await put(home, EAST);
    expect([await memories.listMemories(scope, {}), await memories.readMemories(scope, subjects)]).toEqual(
      before,
    );
  });

  test('are written of the revision that was read, and of no other', async () => {
    const { put, near } = await newMemories(home, memory('gone', 'r-1', ''));
    expect(await put({ ...home, revision: 'r-0' }, EAST)).toBe(false);
    expect(await put({ ...home, revision: 'version 1' }, EAST)).toBe(false);
    expect(await put(drink, EAST)).toBe(false);
    expect(await put(memory('gone'), EAST)).toBe(false);
    expect(await near(EAST)).toEqual([]);
  });

  test('go with each change of their memory', async () => {
    const { put, near, memories, vectors, scope } = await newMemories(home, drink);
    await put(home, EAST);
    await put(drink, EAST);
    const after = memory('home-city', 'r-2', 'It is Oslo.');
    await memories.change(scope, { memories: [{ subject: home, before: 'r-1', after }] });
    expect(await near(EAST)).toMatchObject([{ key: 'drink' }]);
    expect(await put(home, EAST)).toBe(false);
    expect((await vectors.listUnembedded(scope, embedder, {})).memories).toMatchObject([{ revision: 'r-2' }]);
    await memories.change(scope, { memories: [{ subject: drink, before: 'r-1', after: undefined }] });
    expect(await near(EAST)).toEqual([]);
  });

  test('go with their scope', async () => {
    const { put, near, memories, scope } = await newMemories(home, drink);
    await put(home, EAST);
    await eraseScope(contextOf(memories), scope, NOW_MS + 1);
    expect(await near(EAST)).toEqual([]);
  });

  test('never leave their scope, whatever others are called', async () => {
    const { memories, vectors } = makeStores();
    const others = [
      newScope('bo'),
      newScope('bob'),
      newScope('bo-'),
      newScope('bo', 'acme2'),
      newScope('bo', 'acm'),
    ];
    for (const [at, scope] of others.entries()) {
      const own = memory(`own-${at}`);
      await remember(memories, scope, own);
      await vectors.putMemoryVector(scope, own, embedder, EAST);
    }
    for (const [at, scope] of others.entries())
      expect(await vectors.nearMemories(scope, embedder, EAST, 10)).toMatchObject([{ key: `own-${at}` }]);
    expect(await vectors.nearMessages(newKey('bo'), embedder, EAST, 10)).toEqual([]);
  });

  test('are listed where they are missing: of memories with a text, and of another embedder', async () => {
    const { put, vectors, scope } = await newMemories(home, drink, memory('gone', 'r-1', ''));
    const keysFor = async (id: string) => {
      const { memories } = await vectors.listUnembedded(scope, { id, dimensions: DIMENSIONS }, {});
      return memories.map(({ key }) => key);
    };
    expect((await vectors.listUnembedded(scope, embedder, {})).memories).toEqual([
      { category: 'profile', key: 'drink', text: 'It is drink.', revision: 'r-1' },
      { category: 'profile', key: 'home-city', text: 'It is home-city.', revision: 'r-1' },
    ]);
    await put(drink, EAST);
    expect(await keysFor(embedder.id)).toEqual(['home-city']);
    expect(await keysFor('test:next@3')).toEqual(['drink', 'home-city']);
    const next = { id: 'test:next@3', dimensions: DIMENSIONS };
    await vectors.putMemoryVector(scope, drink, next, EAST);
    expect(await keysFor('test:next@3')).toEqual(['home-city']);
    expect(await keysFor(embedder.id)).toEqual(['drink', 'home-city']);
  });

  test('are listed where they are missing, each memory once, over all pages', async () => {
    const many = Array.from({ length: 1_100 }, (_, at) => memory(`key-${String(at).padStart(4, '0')}`));
    const { put, vectors, scope } = await newMemories(...many);
    for (const one of many.slice(0, 3)) await put(one, EAST);
    const keys: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await vectors.listUnembedded(scope, embedder, { ...(after !== undefined && { after }) });
      keys.push(...page.memories.map(({ key }) => key));
      after = page.nextAfter;
      pages++;
    } while (after !== undefined);
    expect(keys).toEqual(many.slice(3).map(({ key }) => key));
    expect(pages).toBeGreaterThan(1);
  });
});

describe.skipIf(isElsewhere)('the vector of a memory of version 1', () => {
  test('is written of its number, and leaves the memory readable', async () => {
    const { client, tableName: TableName } = table;
    const scope = newScope('ann', 'version-1');
    const { memory: old } = itemsOfVersion1;
    const Item = { ...old, pk: `TENANT#version-1#MEMORY#ann` };
    await client.send(new PutCommand({ TableName, Item }));
    const memories = dynamodbMemoryStore(table);
    const vectors = dynamodbVectorStore(table);
    const [before] = (await memories.listMemories(scope, {})).memories;
    if (!before) throw new Error('The memory was not written.');
    expect(await vectors.listUnembedded(scope, embedder, {})).toMatchObject({
      memories: [{ key: before.key, text: before.text, revision: before.revision }],
    });
    expect(await vectors.putMemoryVector(scope, { ...before, revision: 'version 99' }, embedder, EAST)).toBe(
      false,
    );
    expect(await vectors.putMemoryVector(scope, before, embedder, EAST)).toBe(true);
    expect(await vectors.nearMemories(scope, embedder, EAST, 1)).toMatchObject([{ key: before.key }]);
    expect((await memories.listMemories(scope, {})).memories).toEqual([before]);
  });
});
