import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { FunctionError, FunctionTimeoutError, PortInUseError } from '../../local/errors.ts';
import type { Cors } from '../../local/http/cors.ts';
import { openGateway, type RouteAuthorizer } from '../../local/http/gateway.ts';
import { makeTokenIssuer } from '../../local/tokens/token-issuer.ts';
import { fakeFunction } from './fake-function.ts';

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
