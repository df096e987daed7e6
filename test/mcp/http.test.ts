import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startHttp } from '../../mcp/index.ts';
import { mcpWorld, type WorldOptions } from './mcp-world.ts';
import { textOfResult } from './text-of-result.ts';

const call = (name: string, args: object = {}) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args },
});
const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const acme = { ...json, authorization: 'Bearer acme' };

async function server(options: WorldOptions = {}) {
  const world = await mcpWorld(options);
  const { url } = await world.httpServer();
  const post = (body: unknown, headers: Record<string, string> = acme, path = '') =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { ...world, url, post };
}

/** `fetch` sends neither another host nor an origin. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const request = httpRequest(url, { method: 'POST', headers });
  request.end(JSON.stringify(call('list_sessions')));
  const [response] = await once(request, 'response');
  response.resume();
  return response.statusCode;
}

describe('the HTTP server', () => {
  it.each([{}, { authorization: 'acme' }, { authorization: 'Basic YTpi' }, { authorization: 'Bearer' }])(
    'asks for a token: %j',
    async (headers) => {
      await using world = await server();
      const answer = await world.post(call('list_sessions'), { ...json, ...headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="commitlane"');
      expect(await answer.text()).toContain('Authorization: Bearer TOKEN');
      expect(world.requests).toEqual([]);
    },
  );

  it.each([
    ['evil.example', undefined, 403],
    ['evil.example:4700', undefined, 403],
    ['127.0.0.1.evil.example', undefined, 403],
    ['localhost:4700', undefined, 200],
    ['127.0.0.1', 'https://evil.example', 403],
    ['127.0.0.1', 'null', 403],
    ['127.0.0.1', 'http://localhost:3000', 200],
  ])('answers a request for %s from %s with %i', async (host, origin, status) => {
    await using world = await server();
    expect(await statusOf(world.url, { ...acme, host, ...(origin && { origin }) })).toBe(status);
    expect(world.requests).toHaveLength(status === 200 ? 1 : 0);
  });

  it('shows each caller what is theirs, on one connection or on several', async () => {
    await using world = await server();
    const [ann, bo] = [
      await world.connect({ over: 'http', tenant: 'acme' }),
      await world.connect({ over: 'http', tenant: 'globex' }),
    ];
    for (const [client, content] of [[ann, 'Ours.'] as const, [bo, 'Theirs.'] as const]) {
      await client.callTool({ name: 'open_session', arguments: { session: 'same' } });
      const messages = [{ id: 'm1', role: 'user', content }];
      await client.callTool({ name: 'append_messages', arguments: { session: 'same', messages } });
    }
    const read = { name: 'read_context', arguments: { session: 'same' } };
    const [ours, theirs] = await Promise.all([ann.callTool(read), bo.callTool(read)]);
    expect([textOfResult(ours), textOfResult(theirs)]).toEqual(['user: Ours.', 'user: Theirs.']);
    const listed = await bo.callTool({ name: 'list_sessions', arguments: {} });
    expect(textOfResult(listed)).not.toContain('"chat"');
  });

  it('keeps nothing between requests: there is no session that a stranger could take over', async () => {
    await using world = await server();
    const initialize = {
      ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
    };
    const answer = await world.post(initialize);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('mcp-session-id')).toBeNull();
    expect((await fetch(world.url, { headers: acme })).status).toBe(405);
  });

  it('is nowhere else', async () => {
    await using world = await server();
    expect((await world.post(call('list_sessions'), acme, '/other')).status).toBe(404);
  });

  it('refuses what is no JSON, and what is too large, before it looks at it', async () => {
    await using world = await server();
    expect((await world.post('{')).status).toBe(400);
    expect((await world.post('{}', { ...acme, 'content-type': 'text/plain' })).status).toBe(415);
    const large = call('search_messages', { session: 'chat', q: 'x'.repeat(2 * 1024 * 1024) });
    expect((await world.post(large)).status).toBe(413);
    expect(world.requests).toEqual([]);
  });

  it('ends the call of a caller who has gone', async () => {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    await using world = await server({
      before: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            resolve();
            reject(signal.reason);
          });
        }),
    });
    const gone = new AbortController();
    const asked = fetch(world.url, {
      ...{ method: 'POST', headers: acme, body: JSON.stringify(call('list_sessions')) },
      signal: gone.signal,
    }).then((answer) => answer.text());
    const failed = expect(asked).rejects.toThrow();
    await expect.poll(() => world.requests.length).toBe(1);
    gone.abort();
    await failed;
    await ended;
  });

  it('says which port is taken', async () => {
    await using world = await server();
    const port = Number(new URL(world.url).port);
    const options = {
      ...{ clientOf: () => world.client, restriction: {}, onError: () => undefined, port },
      calls: <Result>(run: () => Promise<Result>) => run(),
    };
    await expect(startHttp(options)).rejects.toThrow(new RegExp(`^Port ${port} of 127.0.0.1 is taken`));
  });
});
