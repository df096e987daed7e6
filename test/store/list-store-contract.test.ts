import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionKey } from '../../lib/session/index.ts';
import {
  dynamodbSessionStore,
  inProcessSessionStore,
  LIST_SHARDS,
  type SessionList,
  type SessionStore,
} from '../../lib/store/index.ts';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');
const HOUR_MS = 60 * 60 * 1000;
const one = { messages: 1, tokens: 9 };

let table: TestTable;
let tenants = 0;

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const adapters: Record<string, () => SessionStore> = {
  'in this process': () => inProcessSessionStore(),
  'on DynamoDB': () => dynamodbSessionStore(table),
};

describe.each(Object.entries(adapters))('lists %s', (_name, makeStore) => {
  /** A tenant of its own, and what its lists say. */
  function newTenant() {
    const store = makeStore();
    const tenant = `tenant-${++tenants}`;
    const keyOf = (session: string): SessionKey => ({ tenant, session });
    const shards = Array.from({ length: LIST_SHARDS }, (_, shard) => ({ tenant, shard }));
    const entriesOf = async (list: SessionList) => (await store.listSessions(list, { limit: 100 })).entries;
    return {
      store,
      tenant,
      keyOf,
      async create(session: string, { scope = 'ann', atMs = NOW_MS } = {}) {
        await store.createSession(keyOf(session), { scope, memoryCategories: [], createdAtMs: atMs });
        return keyOf(session);
      },
      entriesOf,
      async ofTenant() {
        const entries = (await Promise.all(shards.map(entriesOf))).flat();
        return entries.map(({ key }) => key.session).sort();
      },
      ofScope: async (scope: string) => (await entriesOf({ tenant, scope })).map(({ key }) => key.session),
    };
  }

  test('have a session from its creation on, in one part of its tenant and in its scope', async () => {
    const { create, ofTenant, ofScope } = newTenant();
    await create('chat');
    expect(await ofTenant()).toEqual(['chat']);
    expect(await ofScope('ann')).toEqual(['chat']);
    expect(await ofScope('bob')).toEqual([]);
  });

  test('are of one tenant, whatever the names of scopes and of other tenants', async () => {
    const one = newTenant();
    const other = newTenant();
    await one.create('mine', { scope: 'default' });
    await other.create('theirs', { scope: 'default' });
    expect(await one.ofScope('default')).toEqual(['mine']);
    expect(await one.ofTenant()).toEqual(['mine']);
    const longer = { tenant: `${one.tenant}1`, session: 'longer' };
    await one.store.createSession(longer, { scope: 'default', memoryCategories: [], createdAtMs: NOW_MS });
    expect(await one.ofScope('default')).toEqual(['mine']);
  });

  test('have the newest activity first', async () => {
    const { store, create, keyOf, ofScope } = newTenant();
    for (const [index, name] of ['a', 'b', 'c'].entries())
      await create(name, { atMs: NOW_MS + index * HOUR_MS });
    expect(await ofScope('ann')).toEqual(['c', 'b', 'a']);
    await store.takePosition(keyOf('a'), one, NOW_MS + 3 * HOUR_MS);
    expect(await ofScope('ann')).toEqual(['a', 'c', 'b']);
    expect((await store.readMeta(keyOf('a')))?.activeAtMs).toBe(NOW_MS + 3 * HOUR_MS);
  });

  test('do not move a session more often than once an hour, however much is appended', async () => {
    const { store, tenant, create, entriesOf } = newTenant();
    const key = await create('chat');
    const marks = new Set<string | undefined>();
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      await store.takePosition(key, one, NOW_MS + minute * 60_000);
      if (minute % 10 === 0) marks.add((await entriesOf({ tenant, scope: 'ann' }))[0]?.mark);
    }
    expect(marks.size).toBeGreaterThanOrEqual(24);
    expect(marks.size).toBeLessThanOrEqual(25);
  });

  test('are read page by page, each entry once', async () => {
    const { store, tenant, create } = newTenant();
    const names = Array.from({ length: 7 }, (_, index) => `chat-${index}`);
    for (const [index, name] of names.entries()) await create(name, { atMs: NOW_MS + index * 60_000 });
    const found: string[] = [];
    const sizes: number[] = [];
    for (let after: string | undefined, isLast = false; !isLast; ) {
      const page = await store.listSessions({ tenant, scope: 'ann' }, { limit: 3, after });
      found.push(...page.entries.map(({ key }) => key.session));
      sizes.push(page.entries.length);
      after = page.entries.at(-1)?.mark;
      isLast = page.complete;
    }
    expect(sizes).toEqual([3, 3, 1]);
    expect(found.toSorted()).toEqual(names);
    const all = await store.listSessions({ tenant, scope: 'ann' }, { limit: 7 });
    expect(all).toMatchObject({ complete: true });
    expect(all.entries.map(({ key }) => key.session)).toEqual(found);
  });

  test('go on behind an entry that has moved away', async () => {
    const { store, tenant, create, keyOf } = newTenant();
    for (const [index, name] of ['a', 'b', 'c'].entries())
      await create(name, { atMs: NOW_MS + index * HOUR_MS });
    const first = await store.listSessions({ tenant, scope: 'ann' }, { limit: 1 });
    await store.takePosition(keyOf('c'), one, NOW_MS + 9 * HOUR_MS);
    const after = first.entries[0]?.mark;
    const second = await store.listSessions({ tenant, scope: 'ann' }, { limit: 2, after });
    expect(second.entries.map(({ key }) => key.session)).toEqual(['b', 'a']);
    expect(second.complete).toBe(true);
  });

  test('follow a session to another scope', async () => {
    const { store, create, ofScope, ofTenant } = newTenant();
    const key = await create('chat');
    await store.updateSettings(key, { scope: { from: 'ann', to: 'bob', formerScopes: ['ann'] } });
    expect([await ofScope('ann'), await ofScope('bob'), await ofTenant()]).toEqual([[], ['chat'], ['chat']]);
  });

  test('lose a session with its deletion, and its commits with their items', async () => {
    const { store, create, ofScope, ofTenant } = newTenant();
    const key = await create('chat');
    await store.putCommit(key, commit('c-1', NOW_MS), NOW_MS + 1);
    const { fence } = await store.claim(key);
    await store.markDeleted(key, fence, { deletedAtMs: NOW_MS, liveFrom: 1 });
    await store.removeItems(key, await store.listItems(key, { limit: 25 }), NOW_MS + HOUR_MS);
    expect([await ofScope('ann'), await ofTenant()]).toEqual([[], []]);
    expect((await store.readSessions([key])).found).toEqual([]);
    expect(await store.listCommits(key, { limit: 10 })).toEqual({ entries: [], complete: true });
  });

  test('show what is stored of the sessions that exist', async () => {
    const { store, create, keyOf } = newTenant();
    const [first, second] = [await create('one'), await create('two')];
    await store.updateSettings(second, { title: 'Tea' });
    const { found, left } = await store.readSessions([first, keyOf('none'), second]);
    const byName = new Map(found.map(({ key, item }) => [key.session, item]));
    expect(left).toEqual([]);
    expect([...byName.keys()].toSorted()).toEqual(['one', 'two']);
    expect(byName.get('two')).toEqual(await store.readMeta(second));
    expect(byName.get('two')).toMatchObject({ title: 'Tea' });
  });

  test('have the commits of a session, the newest first, whatever their ids', async () => {
    const { store, create } = newTenant();
    const key = await create('chat');
    for (const [index, id] of ['key-b', '01a', 'key-a'].entries()) {
      await store.putCommit(key, commit(id, NOW_MS + index), NOW_MS + HOUR_MS);
    }
    const created = { keepRecent: 0, requestedAtMs: NOW_MS + 9, expiresAtMs: NOW_MS + HOUR_MS };
    await store.changeCommit(
      key,
      'past-the-api',
      { transition: 'start', entry: { atMs: NOW_MS + 10 } },
      created,
    );
    const page = async (after?: string) => store.listCommits(key, { limit: 3, after });
    const first = await page();
    expect(first.entries.map((entry) => entry.key)).toEqual(['past-the-api', 'key-a', '01a']);
    expect(first.complete).toBe(false);
    const second = await page(first.entries.at(-1)?.mark);
    expect(second.entries.map((entry) => entry.key)).toEqual(['key-b']);
    expect(second.complete).toBe(true);

    const asked = ['01a', 'none'].map((commitId) => ({ ...key, commitId }));
    expect((await store.readCommits(asked)).found).toEqual([
      { key: asked[0], item: await store.readCommit(key, '01a') },
    ]);
  });

  test('have a commit at the time of its request, whatever becomes of it', async () => {
    const { store, create } = newTenant();
    const key = await create('chat');
    await store.putCommit(key, commit('first', NOW_MS), NOW_MS + HOUR_MS);
    await store.putCommit(key, commit('second', NOW_MS + 1), NOW_MS + HOUR_MS);
    const created = { keepRecent: 0, requestedAtMs: NOW_MS, expiresAtMs: NOW_MS + HOUR_MS };
    await store.changeCommit(key, 'first', { transition: 'start', entry: { atMs: NOW_MS + 10 } }, created);
    const { entries } = await store.listCommits(key, { limit: 3 });
    expect(entries.map((entry) => entry.key)).toEqual(['second', 'first']);
  });

  test('show a title that is set, changed and taken away, alone or with other settings', async () => {
    const { store, create } = newTenant();
    const key = await create('chat');
    expect(await store.updateSettings(key, { title: 'Grüße 👋' })).toMatchObject({ title: 'Grüße 👋' });
    expect(
      await store.updateSettings(key, { scope: { from: 'ann', to: 'bob', formerScopes: ['ann'] } }),
    ).toMatchObject({
      title: 'Grüße 👋',
      scope: 'bob',
    });
    expect(await store.updateSettings(key, { title: null, autoCommit: null })).not.toHaveProperty('title');
    expect(await store.updateSettings(key, { title: null })).not.toHaveProperty('title');
    expect(await store.readMeta(key)).toMatchObject({ scope: 'bob', formerScopes: ['ann'] });
  });
});

function commit(commitId: string, requestedAtMs: number) {
  return {
    commitId,
    state: 'queued',
    keepRecent: 0,
    requestedAtMs,
    timeline: [{ atMs: requestedAtMs, event: 'queued' }],
  } as const;
}
