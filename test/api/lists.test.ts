import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommitsView, CommitView, SessionsView, SessionView } from '../../lib/client/index.ts';
import { type Answer, type HandlerWorld, handlerWorld, problem } from './handler-world.ts';

let world: HandlerWorld;
let tenants = 0;
beforeAll(async () => {
  world = await handlerWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const message = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] });

/** The API, as a tenant of its own sees it. */
function newTenant() {
  const tenant = `tenant-${++tenants}`;
  const claims = { tenant, sub: 'ann' };
  const ask = (routeKey: string, more: { session?: string; query?: object; body?: object | string } = {}) =>
    world.invoke(
      world.eventOf(routeKey, {
        requestContext: { authorizer: { jwt: { claims } } },
        ...(more.session !== undefined && { pathParameters: { sessionId: more.session } }),
        ...(more.query && { queryStringParameters: more.query }),
        ...(more.body !== undefined && {
          body: typeof more.body === 'string' ? more.body : JSON.stringify(more.body),
        }),
      }),
    );
  const one = '/sessions/{sessionId}';
  return {
    create: (session: string, body: object = {}) => ask(`PUT ${one}`, { session, body }),
    change: (session: string, body: object) => ask(`PATCH ${one}`, { session, body }),
    get: async (session: string) => (await ask(`GET ${one}`, { session })).body as SessionView,
    remove: (session: string) => ask(`DELETE ${one}`, { session }),
    append: (session: string) => ask(`POST ${one}/messages`, { session, body: message }),
    commit: (session: string) => ask(`POST ${one}/commits`, { session, body: {} }),
    list: (query: object = {}) => ask('GET /sessions', { query }),
    commits: (session: string, query: object = {}) => ask(`GET ${one}/commits`, { session, query }),
  };
}

const sessionsOf = ({ body }: Answer) => (body as SessionsView).sessions;
const namesOf = (answer: Answer) => sessionsOf(answer).map(({ sessionId }) => sessionId);

describe('the list of sessions', () => {
  test('shows what there is to know of each, newest activity first', async () => {
    const { create, append, commit, list } = newTenant();
    await create('first', { title: 'Grüße 👋' });
    await create('second');
    await append('first');
    await append('first');
    const { commitId } = (await commit('first')).body as CommitView;
    const answer = await list();
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).not.toHaveProperty('nextAfter');
    const [first, second] = sessionsOf(answer);
    expect(first).toEqual({
      sessionId: 'first',
      scope: 'ann',
      title: 'Grüße 👋',
      createdAt: expect.any(String),
      activeAt: expect.any(String),
      appendedMessages: 2,
      liveAppends: 2,
      archiveCount: 0,
      lastCommit: { commitId, state: 'queued', requestedAt: expect.any(String) },
    });
    expect(second).toMatchObject({ sessionId: 'second', appendedMessages: 0 });
    expect(second).not.toHaveProperty('title');
    expect(second).not.toHaveProperty('lastCommit');
  });

  test('is that of the tenant, or of one scope', async () => {
    const [ours, theirs] = [newTenant(), newTenant()];
    await ours.create('mine');
    await ours.create('shared', { scope: 'team' });
    await theirs.create('foreign', { scope: 'team' });
    expect(namesOf(await ours.list()).toSorted()).toEqual(['mine', 'shared']);
    expect(namesOf(await ours.list({ scope: 'team' }))).toEqual(['shared']);
    await ours.change('mine', { scope: 'team' });
    expect(namesOf(await ours.list({ scope: 'team' })).toSorted()).toEqual(['mine', 'shared']);
    expect(namesOf(await ours.list({ scope: 'nobody' }))).toEqual([]);
  });

  test.each([{}, { scope: 'ann' }])('is read page by page, each session once: %j', async (query) => {
    const { create, list } = newTenant();
    const names = Array.from({ length: 25 }, (_, index) => `chat-${index}`);
    for (const name of names) await create(name);
    const found: string[] = [];
    let after: string | undefined;
    do {
      const answer = await list({ ...query, limit: '4', ...(after !== undefined && { after }) });
      const page = answer.body as SessionsView;
      expect(page.sessions.length).toBeLessThanOrEqual(4);
      found.push(...namesOf(answer));
      after = page.nextAfter;
    } while (after !== undefined);
    expect(found.toSorted()).toEqual(names.toSorted());
  });

  test('has no session that is deleted', async () => {
    const { create, append, remove, list } = newTenant();
    await create('gone');
    await append('gone');
    await create('kept');
    expect((await remove('gone')).status).toBe(204);
    expect(namesOf(await list())).toEqual(['kept']);
    expect(namesOf(await list({ scope: 'ann' }))).toEqual(['kept']);
  });

  test.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '1001' }, 'limit'],
    [{ after: 'chat' }, 'after'],
    [{ after: '1767225600.a#b' }, 'after'],
    [{ scope: 'a b' }, 'scope'],
    [{ tenant: 'acme' }, 'query'],
  ])('refuses %j', async (query, field) => {
    const answer = await newTenant().list(query);
    expect(answer.status).toBe(400);
    expect(problem(answer).errors).toMatchObject([{ field }]);
  });
});

describe('a title', () => {
  test('is set, changed and taken away, and stays when something else is changed', async () => {
    const { create, change, get } = newTenant();
    expect((await create('chat', { title: 'Tea' })).body).toMatchObject({ title: 'Tea' });
    expect((await create('chat', { title: 'Coffee' })).body).toMatchObject({ title: 'Tea' });
    expect((await change('chat', { title: 'Tea & coffee' })).body).toMatchObject({ title: 'Tea & coffee' });
    await change('chat', { scope: 'bob' });
    expect(await get('chat')).toMatchObject({ title: 'Tea & coffee', scope: 'bob' });
    expect((await change('chat', { title: null })).body).not.toHaveProperty('title');
    expect(await get('chat')).not.toHaveProperty('title');
    expect((await create('untitled', { title: null })).body).not.toHaveProperty('title');
  });

  test.each(['', 'x'.repeat(201), 7])('is refused when it is %j', async (title) => {
    const { create, list } = newTenant();
    const answer = await create('chat', { title });
    expect(answer.status).toBe(400);
    expect(problem(answer).errors).toMatchObject([{ field: 'title' }]);
    expect(namesOf(await list())).toEqual([]);
  });
});

describe('the list of commits', () => {
  test('has the newest request first, page by page', async () => {
    const { create, append, commit, commits } = newTenant();
    await create('chat');
    const asked: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      await append('chat');
      asked.unshift(((await commit('chat')).body as CommitView).commitId);
    }
    const first = (await commits('chat', { limit: '2' })).body as CommitsView;
    expect(first.commits.map(({ commitId }) => commitId)).toEqual(asked.slice(0, 2));
    expect(first.commits[0]).toMatchObject({ state: 'queued', timeline: [{ event: 'queued' }] });
    const second = (await commits('chat', { after: first.nextAfter })).body as CommitsView;
    expect(second.commits.map(({ commitId }) => commitId)).toEqual(asked.slice(2));
    expect(second).not.toHaveProperty('nextAfter');
  });

  test('of a session that is not there is a 404, and that of a session without commits is empty', async () => {
    const { create, commits } = newTenant();
    expect(await commits('none')).toMatchObject({ status: 404, body: { code: 'session-not-found' } });
    await create('chat');
    expect(await commits('chat')).toMatchObject({ status: 200, body: { commits: [] } });
  });
});
