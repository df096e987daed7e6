import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../local/bus-events/index.ts';
import { eventFeed } from '../../local/emulators/events/event-feed.ts';
import { FunctionError, FunctionTimeoutError, PortInUseError } from '../../local/errors.ts';
import type { Cors } from '../../local/http/cors.ts';
import { withEventsRoute } from '../../local/http/events-route.ts';
import { openGateway, type RouteAuthorizer } from '../../local/http/gateway.ts';
import { makeTokenIssuer } from '../../local/tokens/token-issuer.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fakeFunction } from './fake-function.ts';
import { linesOf } from './lines-of.ts';

interface HttpEvent {
  readonly routeKey: string;
  readonly rawPath: string;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: { readonly authorizer?: { readonly jwt: { readonly claims: object } } };
}

const issuer = 'https://tokens.test';
const audience = 'tests';
const jwt: RouteAuthorizer = { kind: 'jwt', issuer, audience: [audience] };

async function gateway(
  handler: (event: HttpEvent) => unknown = () => ({ statusCode: 200, body: 'served' }),
  options: {
    readonly authorizer?: RouteAuthorizer;
    readonly cors?: Cors;
    readonly origins?: readonly string[];
  } = {},
) {
  const { authorizer = { kind: 'none' }, cors, origins } = options;
  const served = fakeFunction(handler);
  const tokens = await makeTokenIssuer({ issuer, audience });
  const errors: unknown[] = [];
  const routes = ['GET /things/{id}', 'POST /things'].map((routeKey) => ({
    routeKey,
    target: { handler: served, authorizer },
  }));
  const one = await openGateway(0);
  one.serve({
    routes,
    tokens,
    ...(cors && { cors }),
    ...(origins && { origins }),
    onError: (error) => errors.push(error),
  });
  return { ...one, tokens, errors, events: served.events, port: Number(new URL(one.url).port) };
}

/** A request as it is written, without what `fetch` would mend. */
async function raw(port: number, method: string, path: string, headers: Record<string, string> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode));
  })
    .on('error', reject)
    .end();
  return promise;
}

describe('the gateway', () => {
  it('gives the function the event that API Gateway would', async () => {
    await using g = await gateway();
    await fetch(`${g.url}/things/a%20b?x=1&x=2&y=`, { headers: { 'x-one': 'two' } });
    expect(g.events).toMatchObject([
      {
        version: '2.0',
        routeKey: 'GET /things/{id}',
        rawPath: '/things/a%20b',
        rawQueryString: 'x=1&x=2&y=',
        queryStringParameters: { x: '1,2', y: '' },
        pathParameters: { id: 'a b' },
        headers: { 'x-one': 'two' },
        isBase64Encoded: false,
        requestContext: { http: { method: 'GET', path: '/things/a%20b', sourceIp: '127.0.0.1' } },
      },
    ]);
    expect(g.events[0]).not.toHaveProperty('body');
  });

  it('sends what the function answers: status, headers and body', async () => {
    await using g = await gateway(() => ({
      statusCode: 418,
      headers: { 'x-count': 3, 'content-type': 'text/plain' },
      cookies: ['a=1', 'b=2'],
      body: 'teapot',
    }));
    const response = await fetch(`${g.url}/things`, { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([418, 'teapot']);
    expect(response.headers.get('x-count')).toBe('3');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('sends any other answer as JSON', async () => {
    await using g = await gateway(() => ({ any: 'thing' }));
    const response = await fetch(`${g.url}/things/1`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ any: 'thing' });
  });

  it('carries bytes both ways', async () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    await using g = await gateway(({ body, isBase64Encoded }) => ({
      statusCode: 200,
      body,
      isBase64Encoded,
    }));
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await fetch(`${g.url}/things`, { method: 'POST', body: bytes, headers });
    expect(g.events[0]?.isBase64Encoded).toBe(true);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'TEXT/plain', 'application/xml'])(
    'gives text to the function as text: %s',
    async (type) => {
      await using g = await gateway();
      const headers = { 'content-type': type };
      await fetch(`${g.url}/things`, { method: 'POST', body: '{"ö":1}', headers });
      expect(g.events[0]).toMatchObject({ body: '{"ö":1}', isBase64Encoded: false });
    },
  );

  it.each([
    ['Latin 1', [0x63, 0x61, 0x66, 0xe9]],
    ['half an emoji', [0xf0, 0x9f, 0x98]],
    ['CESU-8', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ])('gives text that is not UTF-8 to the function as the bytes that it is: %s', async (_what, bytes) => {
    await using g = await gateway();
    const headers = { 'content-type': 'application/json' };
    await fetch(`${g.url}/things`, { method: 'POST', body: Buffer.from(bytes), headers });
    expect(g.events[0]).toMatchObject({ body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true });
  });

  it.each(['', 'application/x-www-form-urlencoded', 'application/jsonl', 'image/png'])(
    'gives anything else to the function as base64: %j',
    async (type) => {
      await using g = await gateway();
      const headers = { 'content-type': type };
      await fetch(`${g.url}/things`, { method: 'POST', body: Buffer.from('a=b'), headers });
      expect(g.events[0]).toMatchObject({ body: 'YT1i', isBase64Encoded: true });
    },
  );

  it.each([
    ['GET', '/'],
    ['DELETE', '/things/1'],
    ['GET', '//elsewhere/things/1'],
    ['GET', '//'],
    ['OPTIONS', '*'],
  ])('has nothing at %s %s', async (method, path) => {
    await using g = await gateway();
    expect(await raw(g.port, method, path)).toBe(404);
    expect(g.errors).toEqual([]);
  });

  it('does not mind what host it is called by', async () => {
    await using g = await gateway();
    expect(await raw(g.port, 'GET', '/things/1', { host: 'not a host' })).toBe(200);
  });
});

describe('a request that the gateway refuses', () => {
  it.each([
    ['no token', undefined],
    ['an empty one', ''],
    ['garbage', 'Bearer garbage'],
    ['another scheme', 'Basic YW5uOnNlY3JldA=='],
  ])('has %s: 401, and the function does not hear of it', async (_what, authorization) => {
    await using g = await gateway(undefined, { authorizer: jwt });
    const response = await fetch(`${g.url}/things/1`, {
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
    expect(g.events).toEqual([]);
  });

  it.each([
    ['another issuer', { ...jwt, issuer: 'https://others.test' }],
    ['another audience', { ...jwt, audience: ['others'] }],
  ])('has a token for %s: 401', async (_what, authorizer) => {
    await using g = await gateway(undefined, { authorizer });
    const token = await g.tokens.mint({ tenant: 'acme', sub: 'ann' });
    const response = await fetch(`${g.url}/things/1`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
  });

  it('has a token that has expired: 401', async () => {
    await using g = await gateway(undefined, { authorizer: jwt });
    const token = await g.tokens.mint({ tenant: 'acme', sub: 'ann', expiresInSeconds: -1 });
    const response = await fetch(`${g.url}/things/1`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
  });

  it('would have passed with a good token: the function gets its claims, as text', async () => {
    await using g = await gateway(undefined, { authorizer: jwt });
    const token = await g.tokens.mint({ tenant: 'acme', sub: 'ann' });
    const response = await fetch(`${g.url}/things/1`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    expect(g.events[0]?.requestContext.authorizer?.jwt.claims).toMatchObject({
      tenant: 'acme',
      sub: 'ann',
      exp: expect.stringMatching(/^\d+$/),
    });
  });

  it('is for a route whose authorizer there is not: 403, whoever asks', async () => {
    await using g = await gateway(undefined, { authorizer: { kind: 'refuse' } });
    const token = await g.tokens.mint({ tenant: 'acme', sub: 'ann' });
    const response = await fetch(`${g.url}/things/1`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(403);
    expect(g.events).toEqual([]);
  });

  it('has a body of more than 10 MiB: 413', async () => {
    await using g = await gateway();
    const most = 10 * 1024 * 1024;
    const post = (bytes: number) => fetch(`${g.url}/things`, { method: 'POST', body: 'x'.repeat(bytes) });
    expect((await post(most + 1)).status).toBe(413);
    expect(g.events).toEqual([]);
    expect((await post(most)).status).toBe(200);
  });
});

describe('a function that fails behind the gateway', () => {
  it.each([
    ['throws', () => Promise.reject(new FunctionError('Faked: no')), 500],
    ['runs out of time', () => Promise.reject(new FunctionTimeoutError('Faked', 1_000)), 503],
    ['answers with a status that is none', () => ({ statusCode: 7 }), 500],
    ['answers with a header that is none', () => ({ statusCode: 200, headers: { 'a b': 'c' } }), 500],
  ])('%s: the caller hears of no details', async (_how, handler, status) => {
    await using g = await gateway(handler);
    const response = await fetch(`${g.url}/things/1`);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      message: status === 503 ? 'Service Unavailable' : 'Internal Server Error',
    });
  });

  it('is told to the operator', async () => {
    await using g = await gateway(() => Promise.reject(new FunctionError('Faked: no')));
    await fetch(`${g.url}/things/1`);
    expect(g.errors).toMatchObject([{ message: 'Faked: no' }]);
  });
});

describe('a page of another origin', () => {
  const cors: Cors = {
    AllowOrigins: ['https://chat.example'],
    AllowMethods: ['*'],
    AllowHeaders: ['authorization'],
    ExposeHeaders: ['retry-after'],
  };

  it('may call when it is one of those allowed, and asks first without a token', async () => {
    await using g = await gateway(undefined, { authorizer: jwt, cors });
    const headers = { origin: 'https://chat.example' };
    const asked = await fetch(`${g.url}/things`, { method: 'OPTIONS', headers });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://chat.example');
    expect(asked.headers.get('access-control-allow-headers')).toBe('authorization');
    const refused = await fetch(`${g.url}/things/1`, { headers });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://chat.example');
    expect(refused.headers.get('access-control-expose-headers')).toBe('retry-after');
  });

  it('may not read answers when it is not', async () => {
    await using g = await gateway(undefined, { cors });
    const response = await fetch(`${g.url}/things/1`, { headers: { origin: 'https://evil.example' } });
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });

  it.each([
    'http://localhost:5173',
    'https://localhost',
    'http://app.localhost:3000',
    'http://127.0.0.1:8080',
    'http://127.1.2.3',
    'http://[::1]:5173',
  ])('may call when it is of this machine: %s', async (origin) => {
    await using g = await gateway(undefined, { cors });
    const asked = await fetch(`${g.url}/things`, { method: 'OPTIONS', headers: { origin } });
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    const answered = await fetch(`${g.url}/things/1`, { headers: { origin } });
    expect(answered.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answered.headers.get('vary')).toBe('origin');
  });

  it.each([
    'http://localhost.evil.example',
    'http://evil-localhost',
    'http://127.0.0.1.evil.example',
    'http://localhost:5173/',
    'file://localhost',
    'null',
    'nonsense',
    '',
  ])('may not call when it only looks as if it were: %s', async (origin) => {
    await using g = await gateway(undefined, { cors });
    const asked = await fetch(`${g.url}/things`, { method: 'OPTIONS', headers: { origin } });
    expect(asked.headers.has('access-control-allow-origin')).toBe(false);
  });

  it('may call when it was named at the start, from another network, too', async () => {
    await using g = await gateway(undefined, { cors, origins: ['https://other.example'] });
    const headers = { origin: 'https://other.example', 'access-control-request-private-network': 'true' };
    const asked = await fetch(`${g.url}/things`, { method: 'OPTIONS', headers });
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://other.example');
    expect(asked.headers.get('access-control-allow-private-network')).toBe('true');
  });

  it('has no answer to its question when no origin is configured', async () => {
    await using g = await gateway();
    expect((await fetch(`${g.url}/things`, { method: 'OPTIONS' })).status).toBe(404);
  });
});

describe('a port', () => {
  it('that is in use is named, with what to do', async () => {
    await using g = await gateway();
    const second = openGateway(g.port);
    await expect(second).rejects.toThrow(PortInUseError);
    await expect(second).rejects.toThrow(new RegExp(`Port ${g.port} is in use.*--port`));
  });

  it('is free again when the gateway is stopped', async () => {
    const g = await gateway();
    await g[Symbol.asyncDispose]();
    await using again = await openGateway(g.port);
    expect(again.url).toBe(g.url);
  });

  it('answers that the API is not there yet, from when it is open to when the API is', async () => {
    await using one = await openGateway(0);
    expect((await fetch(one.url)).status).toBe(503);
    one.serve({ routes: [], tokens: await makeTokenIssuer({ issuer, audience }), onError: () => undefined });
    expect((await fetch(one.url)).status).toBe(404);
  });
});

/** A gateway with the routes of sessions, and what its bus gives. */
async function eventsGateway(
  options: { readonly hasBus?: boolean; readonly cors?: Cors; readonly answer?: () => unknown } = {},
) {
  const { hasBus = true, cors, answer = () => ({ statusCode: 200, body: '{}' }) } = options;
  const handler = fakeFunction<HttpEvent>(answer);
  const tokens = await makeTokenIssuer({ issuer, audience });
  const feed = eventFeed();
  const clock = fakeClock();
  const api = withEventsRoute(
    {
      routes: [{ routeKey: 'GET /sessions/{sessionId}', target: { handler, authorizer: jwt } }],
      ...(cors && { cors }),
    },
    { feed: hasBus ? feed : undefined, clock },
  );
  const one = await openGateway(0);
  one.serve({ ...api, tokens, onError: () => undefined });
  const authorization = `Bearer ${await tokens.mint({ tenant: 'acme', sub: 'ann' })}`;
  return {
    url: one.url,
    feed,
    clock,
    events: handler.events,
    put: (id: string, more: object, source = 'commitlane') =>
      feed.add({
        source,
        'detail-type': 'commit.archived',
        detail: { id, tenant: 'acme', ...more },
      } as unknown as BusEvent),
    listen: (headers: Record<string, string> = {}, signal?: AbortSignal) =>
      fetch(`${one.url}/sessions/s%201/events`, {
        headers: { authorization, ...headers },
        ...(signal && { signal }),
      }),
    [Symbol.asyncDispose]: () => one[Symbol.asyncDispose](),
  };
}

/** The ids of the next events of an answer. */
async function nextIds(lines: ReturnType<typeof linesOf>, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const line = await lines.next();
    if (line.startsWith('id: ')) ids.push(line.slice('id: '.length));
  }
  return ids;
}

describe('the events of a session, at the gateway', () => {
  it('are streamed as they come, those of the session and tenant alone', async () => {
    await using g = await eventsGateway();
    g.put('before', { session: 's 1' });
    const response = await g.listen();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const by = { kind: 'archive', session: 's 1', archive: 1 };
    g.put('commit', { session: 's 1' });
    g.put('other-session', { session: 's 2' });
    g.put('other-tenant', { session: 's 1', tenant: 'other' });
    g.put('other-source', { session: 's 1' }, 'shop');
    g.put('known', { scope: 'ann', after: { by } });
    g.put('other-memory', { scope: 'ann', after: { by: { ...by, session: 's 2' } } });
    g.put('forgotten', { scope: 'ann', before: { by }, after: { by: { kind: 'person' } } });
    const lines = linesOf(response);
    expect(await nextIds(lines, 3)).toEqual(['commit', 'known', 'forgotten']);
    expect(await lines.next()).toBe('event: commit.archived');
    expect(await lines.next()).toBe(
      `data: ${JSON.stringify({ id: 'forgotten', tenant: 'acme', scope: 'ann', before: { by }, after: { by: { kind: 'person' } } })}`,
    );
    expect(await lines.next()).toBe('');
  });

  it('go on behind the last one that was seen, or with all that are kept where it is not', async () => {
    await using g = await eventsGateway();
    for (const id of ['a', 'b', 'c']) g.put(id, { session: 's 1' });
    expect(await nextIds(linesOf(await g.listen({ 'last-event-id': 'a' })), 2)).toEqual(['b', 'c']);
    expect(await nextIds(linesOf(await g.listen({ 'last-event-id': 'gone' })), 3)).toEqual(['a', 'b', 'c']);
  });

  it('begin with when to come again, and have a comment every 15 s', async () => {
    await using g = await eventsGateway();
    const lines = linesOf(await g.listen());
    expect(await lines.next()).toBe('retry: 1000');
    expect(await lines.next()).toBe('');
    await g.clock.advance(15_000);
    expect(await lines.next()).toBe(':');
  });

  it('leave nothing behind when the reader goes', async () => {
    await using g = await eventsGateway();
    const stop = new AbortController();
    await linesOf(await g.listen({}, stop.signal)).next();
    expect(g.clock.sleepers).toBe(1);
    stop.abort();
    await expect.poll(() => g.clock.sleepers).toBe(0);
  });

  it('are of a session that the API has given to who asks, and else its answer is theirs', async () => {
    await using g = await eventsGateway({
      answer: () => ({
        statusCode: 404,
        headers: { 'content-type': 'application/problem+json' },
        body: '{"code":"x"}',
      }),
    });
    const response = await g.listen();
    expect([response.status, await response.json()]).toEqual([404, { code: 'x' }]);
    expect(g.events).toMatchObject([
      {
        routeKey: 'GET /sessions/{sessionId}',
        rawPath: '/sessions/s%201',
        pathParameters: { sessionId: 's 1' },
        requestContext: { authorizer: { jwt: { claims: { tenant: 'acme', sub: 'ann' } } } },
      },
    ]);
  });

  it('need a token', async () => {
    await using g = await eventsGateway();
    expect((await fetch(`${g.url}/sessions/s/events`)).status).toBe(401);
    expect(g.events).toEqual([]);
  });

  it('are none where the bus is on another server', async () => {
    await using g = await eventsGateway({ hasBus: false });
    const response = await g.listen();
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'events-not-streamed' }]);
  });

  it('have 100 readers at most', async () => {
    await using g = await eventsGateway();
    const stop = new AbortController();
    const readers = Array.from({ length: 100 }, () => g.feed.follow('now', stop.signal)?.next());
    const response = await g.listen();
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toMatchObject([
      503,
      '5',
      { code: 'too-many-listeners' },
    ]);
    stop.abort();
    await Promise.allSettled(readers);
  });

  it('can be asked for by a page that says where it goes on', async () => {
    await using g = await eventsGateway({ cors: { AllowHeaders: ['authorization'] } });
    const response = await fetch(`${g.url}/sessions/s/events`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:5173' },
    });
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,last-event-id');
  });
});
