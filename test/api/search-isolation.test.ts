import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ApiRequest,
  type ContextView,
  handleRequest,
  identityOf,
  type MemoryHitsView,
  type MessageHitsView,
  problemOf,
} from '../../lib/api/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { type MemoryStore, mergeStatements } from '../../lib/memory/index.ts';
import {
  dynamodbMemoryStore,
  dynamodbSessionStore,
  inProcessMemoryStore,
  inProcessSessionStore,
  type SessionStore,
} from '../../lib/store/index.ts';
import { contextOf } from '../memory/statements.ts';
import { commitWorld, recordingSender } from '../support/commit-world.ts';
import { statementOf } from '../support/statement-of.ts';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';

const forever = new AbortController().signal;
const MEMORIES = 'GET /memories/{scope}';
const SEARCH = 'GET /sessions/{sessionId}/search';
const CONTEXT = 'GET /sessions/{sessionId}/context';

/** Names of which each is the beginning of the next. */
const NAMES = ['ann', 'ann-2', 'ann-22'] as const;

let table: TestTable;
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table[Symbol.asyncDispose]());

type Stores = { readonly store: SessionStore; readonly memories: MemoryStore };

const adapters: Record<string, () => Stores> = {
  'in this process': () => ({ store: inProcessSessionStore(), memories: inProcessMemoryStore() }),
  'on DynamoDB': () => ({ store: dynamodbSessionStore(table), memories: dynamodbMemoryStore(table) }),
};

let worlds = 0;

/** An API whose callers have tokens with the claims `tenant` and `sub`. */
async function isolationWorld({ store, memories }: Stores) {
  const { clock, context, log } = await commitWorld();
  const prefix = `w${++worlds}`;
  const api = {
    ...{ clock, store, memories, lease: context.lease, limits: defaultLimits, owner: 'api' },
    ...{ newId: log.newId, commits: recordingSender<never>(), followUps: recordingSender<never>() },
    onEvent: () => undefined,
  };
  const tenantOf = (name: string) => `${prefix}-${name}`;
  const as = (tenant: string, sub = 'caller') => ({
    ...{ tenant: tenantOf(tenant) },
    async ask<View>(route: string, name: string, query: Record<string, string>, body?: object) {
      const request: ApiRequest = {
        identity: identityOf({ jwt: { claims: { tenant: tenantOf(tenant), sub } } }),
        path: { scope: name, sessionId: name },
        ...{ query, headers: {}, body: body && JSON.stringify(body), signal: forever },
      };
      return (await handleRequest(api, route, request)).body as View;
    },
  });
  let commits = 0;
  return {
    as,
    remember: (tenant: string, scope: string, text: string) =>
      mergeStatements(contextOf(memories), { tenant: tenantOf(tenant), scope }, [
        statementOf(text, { category: 'preference', key: 'drink' }),
      ]),
    async say(tenant: string, session: string, content: string, scope = session) {
      const caller = as(tenant);
      await caller.ask('PUT /sessions/{sessionId}', session, {}, { scope });
      const messages = [{ role: 'user', content }];
      await caller.ask('POST /sessions/{sessionId}/messages', session, {}, { messages });
    },
    commit: (tenant: string, session: string) =>
      commitSession(
        { ...context, store },
        {
          ...{ tenant: tenantOf(tenant), session, commitId: `${prefix}-c${++commits}` },
          ...{ keepRecent: 0, requestedAtMs: clock.now() },
        },
        forever,
      ),
  };
}

describe.each(Object.entries(adapters))('a search by words %s', (_, makeStores) => {
  it('finds the memories of one scope of one tenant, whatever others are called', async () => {
    const world = await isolationWorld(makeStores());
    for (const tenant of NAMES) {
      for (const scope of NAMES) await world.remember(tenant, scope, `tea of ${tenant} in ${scope}`);
    }
    for (const tenant of NAMES) {
      for (const scope of NAMES) {
        const { hits } = await world
          .as(tenant)
          .ask<MemoryHitsView>(MEMORIES, scope, { q: 'tea', limit: '100' });
        expect(hits.map(({ text }) => text)).toEqual([`tea of ${tenant} in ${scope}`]);
      }
    }
  });

  it('goes on within its own scope, whatever cursor it is given', async () => {
    const world = await isolationWorld(makeStores());
    await world.remember('ann', 'ann', 'tea');
    await world.remember('ann', 'ann-2', 'secret tea');
    const find = (after: string) => world.as('ann').ask<MemoryHitsView>(MEMORIES, 'ann', { q: 'tea', after });
    expect((await find('event#zzz')).hits).toMatchObject([{ text: 'tea' }]);
    for (const after of ['preference#drink', 'zzz#zzz', 'a#../../ann-2', 'preference#~']) {
      expect((await find(after)).hits.filter(({ text }) => text !== 'tea')).toEqual([]);
    }
  });

  it('finds the messages of one session of one tenant, live and archived', async () => {
    const world = await isolationWorld(makeStores());
    for (const tenant of NAMES) {
      for (const session of NAMES) {
        await world.say(tenant, session, `archived tea of ${tenant} in ${session}`);
        await world.commit(tenant, session);
        await world.say(tenant, session, `live tea of ${tenant} in ${session}`);
      }
    }
    for (const tenant of NAMES) {
      for (const session of NAMES) {
        const { hits } = await world
          .as(tenant)
          .ask<MessageHitsView>(SEARCH, session, { q: 'tea', limit: '100' });
        expect(hits.map(({ snippet }) => snippet).sort()).toEqual([
          `archived tea of ${tenant} in ${session}`,
          `live tea of ${tenant} in ${session}`,
        ]);
      }
    }
  });

  it('is refused to a token of another tenant, as if there were no session', async () => {
    const world = await isolationWorld(makeStores());
    await world.say('ann', 'chat', 'tea');
    const refusal = async (route: string) =>
      problemOf(
        await world
          .as('ann-2')
          .ask(route, 'chat', { [route === SEARCH ? 'q' : 'query']: 'tea' })
          .catch((error: unknown) => error),
      ).view;
    for (const route of [SEARCH, CONTEXT]) {
      expect(await refusal(route)).toMatchObject({ status: 404, code: 'session-not-found' });
    }
    const { hits } = await world.as('ann-2').ask<MemoryHitsView>(MEMORIES, 'chat', { q: 'tea' });
    expect(hits).toEqual([]);
  });

  it('gives a session that moves to another scope the memories of that one alone', async () => {
    const world = await isolationWorld(makeStores());
    await world.remember('ann', 'ann', 'She drinks tea at home.');
    await world.remember('ann', 'ann-2', 'She drinks tea at work.');
    await world.say('ann', 'chat', 'tea', 'ann');
    const remembered = async () =>
      (await world.as('ann').ask<ContextView>(CONTEXT, 'chat', { query: 'tea' })).memories.map(
        ({ text }) => text,
      );
    expect(await remembered()).toEqual(['She drinks tea at home.']);
    await world.as('ann').ask('PATCH /sessions/{sessionId}', 'chat', {}, { scope: 'ann-2' });
    expect(await remembered()).toEqual(['She drinks tea at work.']);
    expect((await world.as('ann').ask<MessageHitsView>(SEARCH, 'chat', { q: 'tea' })).hits).toHaveLength(1);
  });

  it('finds nothing of a session that is deleted, nor of its successor in another tenant', async () => {
    const world = await isolationWorld(makeStores());
    await world.say('ann', 'chat', 'tea');
    await world.commit('ann', 'chat');
    await world.say('ann-2', 'chat', 'other tea');
    await world.as('ann').ask('DELETE /sessions/{sessionId}', 'chat', {});
    const gone = await world
      .as('ann')
      .ask(SEARCH, 'chat', { q: 'tea' })
      .catch((error: unknown) => error);
    expect(problemOf(gone).view.status).toBeGreaterThanOrEqual(404);
    const { hits } = await world.as('ann-2').ask<MessageHitsView>(SEARCH, 'chat', { q: 'tea' });
    expect(hits.map(({ snippet }) => snippet)).toEqual(['other tea']);
  });
});

describe('a token without a tenant', () => {
  it.each([
    {},
    { sub: 'ann' },
    { tenant: null, sub: 'ann' },
    { tenant: 'a#b', sub: 'ann' },
    { tenant: '', sub: 'ann' },
  ])('is nobody: %j', (claims) => {
    expect(() => identityOf({ jwt: { claims } })).toThrow(/claim 'tenant'/);
  });
});
