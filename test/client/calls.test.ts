import { describe, expect, it } from 'vitest';
import { commitlaneClient } from '../../lib/client/index.ts';
import { collect } from './collect.ts';
import { scriptedServer } from './scripted-server.ts';

describe('a call', () => {
  it('goes to the route of its operation, below the path of baseUrl, with the token', async () => {
    await using server = await scriptedServer([{ status: 201, json: { sessionId: 'a@b' } }]);
    const client = commitlaneClient({ baseUrl: `${server.baseUrl}/stage/`, token: 'secret' });
    const session = await client.createSession('a@b', { scope: 'ann', memoryCategories: ['event'] });
    expect(session).toEqual({ sessionId: 'a@b' });
    expect(server.received).toMatchObject([
      {
        method: 'PUT',
        url: '/stage/sessions/a%40b',
        headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
        body: '{"scope":"ann","memoryCategories":["event"]}',
      },
    ]);
  });

  it('carries page marks and flags in the query, and leaves out what is not given', async () => {
    const ok = { status: 200, json: {} };
    await using server = await scriptedServer([ok, ok, ok, ok, ok, ok, ok, { status: 204 }, { status: 204 }]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    await client.getSession('s');
    await client.getContext('s', { tokenBudget: 4_000 });
    await client.getArchive('s', 3, { after: 7, limit: 2 });
    await client.listMemories('ann', { after: 'event#x' });
    await client.listSessions();
    await client.listSessions({ scope: 'ann', after: '1767225600.a+b', limit: 2 });
    await client.listCommits('s', { after: '1767225600000.c1' });
    await client.deleteSession('s', { memories: true });
    await client.cancelCommit('s', 'c1');
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /sessions/s',
      'GET /sessions/s/context?tokenBudget=4000',
      'GET /sessions/s/archives/3?after=7&limit=2',
      'GET /memories/ann?after=event%23x',
      'GET /sessions',
      'GET /sessions?scope=ann&after=1767225600.a%2Bb&limit=2',
      'GET /sessions/s/commits?after=1767225600000.c1',
      'DELETE /sessions/s?memories=true',
      'DELETE /sessions/s/commits/c1',
    ]);
  });

  it('names a memory by its category and key, of any script', async () => {
    const ok = { status: 200, json: {} };
    const gone = { status: 204 };
    await using server = await scriptedServer([ok, ok, ok, ok, ok, gone, gone, gone]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    const sushi = { category: 'preference', key: '寿司' };
    await client.listMemories('ann', { category: 'preference', forgotten: true, limit: 2 });
    await client.getMemory('ann', { category: 'entity', key: 'c++' });
    await client.getMemory('ann', sushi, { after: '000000000000005#chat#000001', limit: 1 });
    await client.editMemory('ann', sushi, 'Ann likes sushi.');
    await client.restoreMemory('ann', sushi);
    await client.forgetMemory('ann', sushi);
    await client.eraseMemory('ann', sushi);
    await client.eraseMemories('a@b');
    const path = '/memories/ann/preference/%E5%AF%BF%E5%8F%B8';
    expect(server.received.map(({ method, url, body }) => `${method} ${url} ${body}`.trim())).toEqual([
      'GET /memories/ann?category=preference&forgotten=true&limit=2',
      'GET /memories/ann/entity/c%2B%2B',
      `GET ${path}?after=000000000000005%23chat%23000001&limit=1`,
      `PUT ${path} {"text":"Ann likes sushi."}`,
      `POST ${path}/restore`,
      `DELETE ${path}`,
      `DELETE ${path}?erase=true`,
      'DELETE /memories/a%40b',
    ]);
  });

  it('finds again: memories, messages, and the context in each of its forms', async () => {
    const ok = { status: 200, json: {} };
    await using server = await scriptedServer([ok, ok, ok, ok, ok, ok, ok]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    await client.searchMemories('ann', '緑茶 & tea');
    await client.searchMemories('ann', 'tea', { category: 'event', after: 'event#x', limit: 2 });
    await client.searchSession('s', 'a+b?');
    await client.searchSession('s', 'tea', { before: 900, limit: 2 });
    await client.getContext('s', { query: 'tea', memoryShare: 0.25 });
    await client.getContextMessages('s', { tokenBudget: 4_000 });
    await client.getContextText('s');
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /memories/ann?q=%E7%B7%91%E8%8C%B6%20%26%20tea',
      'GET /memories/ann?q=tea&category=event&after=event%23x&limit=2',
      'GET /sessions/s/search?q=a%2Bb%3F',
      'GET /sessions/s/search?q=tea&limit=2&before=900',
      'GET /sessions/s/context?query=tea&memoryShare=0.25',
      'GET /sessions/s/context?tokenBudget=4000&format=messages',
      'GET /sessions/s/context?format=text',
    ]);
  });

  it('searches for a message until it is found', async () => {
    const place = { messageId: 'm:1', state: 'archived', position: 7, archive: 1, summarised: true };
    await using server = await scriptedServer([
      { status: 200, json: { messageId: 'm:1', state: 'not-found-yet', nextBefore: 900 } },
      { status: 200, json: place },
    ]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    expect(await client.findMessage('s', 'm:1')).toEqual(place);
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /sessions/s/messages/m%3A1',
      'GET /sessions/s/messages/m%3A1?before=900',
    ]);
  });

  it('reads a list page by page until there is no mark', async () => {
    await using server = await scriptedServer([
      { status: 200, json: { archives: [{ archive: 1 }, { archive: 2 }], nextAfter: 2 } },
      { status: 200, json: { archives: [{ archive: 3 }] } },
    ]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    const archives = await collect(client.archives('s', { limit: 2 }));
    expect(archives).toEqual([{ archive: 1 }, { archive: 2 }, { archive: 3 }]);
    expect(server.received.map(({ url }) => url)).toEqual([
      '/sessions/s/archives?limit=2',
      '/sessions/s/archives?after=2&limit=2',
    ]);
  });

  it('reads sessions and commits page by page, too', async () => {
    await using server = await scriptedServer([
      { status: 200, json: { sessions: [], nextAfter: '1767225600.b' } },
      { status: 200, json: { sessions: [{ sessionId: 'a' }] } },
      { status: 200, json: { commits: [{ commitId: 'c2' }], nextAfter: '1767225600000.c2' } },
      { status: 200, json: { commits: [{ commitId: 'c1' }] } },
    ]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    expect(await collect(client.sessions({ scope: 'ann' }))).toEqual([{ sessionId: 'a' }]);
    expect(await collect(client.commits('s'))).toEqual([{ commitId: 'c2' }, { commitId: 'c1' }]);
    expect(server.received.map(({ url }) => url)).toEqual([
      '/sessions?scope=ann',
      '/sessions?scope=ann&after=1767225600.b',
      '/sessions/s/commits',
      '/sessions/s/commits?after=1767225600000.c2',
    ]);
  });

  it('reads memories and what was said of one page by page, too', async () => {
    await using server = await scriptedServer([
      { status: 200, json: { memories: [], nextAfter: 'event#a' } },
      { status: 200, json: { memories: [{ key: 'b' }] } },
      { status: 200, json: { text: 'x', statements: [{ text: 'x' }], nextAfter: '5#chat#1' } },
      { status: 200, json: { text: 'x', statements: [{ text: 'y' }] } },
    ]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    expect(await collect(client.memories('ann', { category: 'event' }))).toEqual([{ key: 'b' }]);
    const statements = client.memoryStatements('ann', { category: 'event', key: 'b' }, { limit: 1 });
    expect(await collect(statements)).toEqual([{ text: 'x' }, { text: 'y' }]);
    expect(server.received.map(({ url }) => url)).toEqual([
      '/memories/ann?category=event',
      '/memories/ann?category=event&after=event%23a',
      '/memories/ann/event/b?limit=1',
      '/memories/ann/event/b?after=5%23chat%231&limit=1',
    ]);
  });

  it.each([
    ['NaN', { score: Number.NaN }],
    ['Infinity', { deep: [{ score: -Infinity }] }],
    ['a hole', { list: [1, undefined] }],
    ['a bigint', { id: 2n ** 60n }],
  ])(
    'refuses %s, which would be sent as something else, before anything is sent',
    async (_what, metadata) => {
      await using server = await scriptedServer([]);
      const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
      const message = { role: 'user', content: 'hi', metadata: metadata as never } as const;
      await expect(client.append('s', [message])).rejects.toMatchObject({ code: 'invalid-usage' });
      expect(server.received).toEqual([]);
    },
  );

  it('refuses a name that an address would swallow, before anything is sent', async () => {
    await using server = await scriptedServer([]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    for (const name of ['', '.', '..']) {
      await expect(client.append(name, [{ role: 'user', content: 'hi' }])).rejects.toThrow(
        `sessionId must be a name other than "." and "..", not "${name}".`,
      );
    }
    expect(server.received).toEqual([]);
  });

  it('never shows a token that cannot be sent', async () => {
    await using server = await scriptedServer([]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'top\nsecret' });
    await expect(client.getSession('s')).rejects.toThrow(
      'The token is empty or has characters that are not allowed in a bearer token.',
    );
  });
});

describe('commitlaneClient', () => {
  const good = { baseUrl: 'https://api.example.com', token: 'secret' };

  it('refuses an option that it does not know', () => {
    expect(() => commitlaneClient({ ...good, retries: 3 } as never)).toThrow(
      'Unknown client option retries.',
    );
  });

  it.each([
    [{ timeoutMs: 0 }, 'timeoutMs must be a whole number from 1 to 300000, not 0'],
    [{ maxRetries: 1.5 }, 'maxRetries must be a whole number from 0 to 20, not 1.5'],
    [{ baseUrl: 'api.example.com' }, 'baseUrl must be an http or https address'],
    [{ baseUrl: 'https://api.example.com?x=1' }, 'baseUrl must be an http or https address without query'],
    [{ token: '' }, 'token must be a bearer token'],
  ])('refuses %j and says what was expected', (wrong, message) => {
    expect(() => commitlaneClient({ ...good, ...wrong })).toThrow(message);
  });
});
