import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../lib/api/index.ts';
import { type HandlerWorld, handlerWorld } from './handler-world.ts';

/** Nothing here waits: a slow machine only takes longer. */
let world: HandlerWorld;
beforeAll(async () => {
  world = await handlerWorld();
  await world.create('kept');
});
afterAll(() => world[Symbol.asyncDispose]());

/** All but what is open to anybody. */
const routeKeys = Object.values(routes).flatMap((route) =>
  'isOpen' in route ? [] : [`${route.method} ${route.path}`],
);

/** Every part of an event as nobody should send it. */
const nonsense: readonly unknown[] = [
  ...[null, undefined, 0, Number.NaN, true, '', 'text', [], {}, [null], { '': null }],
  ...['null', '{}', '[]', '{"messages":null}', '\ud83d', '\u0000', '%', '..', 'a/b', 'x'.repeat(2_000)],
];

async function expectRefusal(event: unknown) {
  const { status, body } = await world.invoke(event);
  expect(status, JSON.stringify(event)).toBeLessThan(500);
  if (status >= 400)
    expect(body).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) });
  return status;
}

describe('an event that no gateway would send', () => {
  it.each([[{}], [null], [undefined], [[]], ['text'], [0], [{ requestContext: null }], [{ headers: null }]])(
    'names nobody, and is refused: %j',
    async (event) => {
      expect(await expectRefusal(event)).toBe(403);
    },
  );

  it.each(['', 'GET /nowhere', '$default', 'ANY /sessions/{sessionId}', '__proto__', 'constructor'])(
    'of no route that there is, is not found: %j',
    async (routeKey) => {
      expect(await world.invoke(world.eventOf(routeKey))).toMatchObject({
        status: 404,
        body: { code: 'route-not-found' },
      });
    },
  );

  const parts = ['routeKey', 'headers', 'pathParameters', 'queryStringParameters', 'body', 'isBase64Encoded'];
  it.each(parts)('with anything for %s is answered, or refused', async (part) => {
    for (const routeKey of routeKeys) {
      for (const value of nonsense) {
        const pathParameters = { sessionId: 'kept', commitId: 'none', archive: '1', scope: 'ann' };
        await expectRefusal(world.eventOf(routeKey, { pathParameters, [part]: value }));
      }
    }
  });

  it('with nothing but a route, or with nulls, is refused where the route names something', async () => {
    for (const routeKey of routeKeys) {
      const nulls = { headers: null, pathParameters: null, queryStringParameters: null, body: null };
      expect(await expectRefusal({ routeKey })).toBe(403);
      const namesNothing = routeKey === 'GET /sessions';
      expect(await expectRefusal(world.eventOf(routeKey, nulls))).toBe(namesNothing ? 200 : 400);
    }
  });

  it('with anything for what the authorizer says is refused', async () => {
    const claims = nonsense.flatMap((value) => [
      value,
      { tenant: value, sub: 'ann' },
      { tenant: 'acme', sub: value },
    ]);
    const iams = nonsense.flatMap((value) => [
      value,
      { accountId: '1', userId: value },
      { accountId: value },
    ]);
    const authorizers = [
      ...nonsense,
      ...claims.flatMap((one) => [{ jwt: one }, { jwt: { claims: one } }]),
      ...iams.map((iam) => ({ iam })),
    ];
    for (const authorizer of authorizers) {
      const event = world.eventOf('GET /sessions/{sessionId}', { pathParameters: { sessionId: 'nobody' } });
      const status = await expectRefusal({ ...event, requestContext: { authorizer } });
      expect([403, 404], JSON.stringify(authorizer)).toContain(status);
    }
  });

  it('whatever else it is, is refused', async () => {
    const part = fc.oneof(fc.anything({ maxDepth: 3 }), fc.constantFrom(...nonsense));
    const events = fc.record(
      {
        routeKey: fc.oneof(fc.constantFrom(...routeKeys), part),
        headers: fc.oneof(fc.dictionary(fc.string(), part), part),
        pathParameters: fc.oneof(fc.record({ sessionId: part, commitId: part, scope: part }), part),
        queryStringParameters: fc.oneof(fc.dictionary(fc.string(), fc.string()), part),
        body: fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.base64String(), part),
        isBase64Encoded: fc.oneof(fc.boolean(), part),
        requestContext: fc.oneof(
          {
            weight: 3,
            arbitrary: fc.constant({ authorizer: { jwt: { claims: { tenant: 'a', sub: 'b' } } } }),
          },
          { weight: 1, arbitrary: part },
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(events, async (event) => {
        await expectRefusal(event);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an id that addresses lose on their way', () => {
  it.each(['.', '..'])('is none: %s', async (id) => {
    expect(await world.create(id)).toMatchObject({
      status: 400,
      body: {
        code: 'invalid-input',
        errors: [{ field: 'sessionId', message: expect.stringMatching(/'\.\.'/) }],
      },
    });
    expect(await world.ask('PUT /sessions/{sessionId}', 'kept', { body: `{"scope":"${id}"}` })).toMatchObject(
      {
        status: 400,
      },
    );
  });

  it.each(['...', '.a', 'a.', '-', 'a+b', 'a@b:c|d'])(
    'is not every one with dots or marks: %s',
    async (id) => {
      expect(await world.create(id)).toMatchObject({ status: 201, body: { sessionId: id } });
    },
  );
});
