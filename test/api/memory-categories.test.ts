import { describe, expect, test } from 'vitest';
import { type ApiRequest, handleRequest, type SessionView } from '../../lib/api/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key, recordingSender } from '../support/commit-world.ts';

const builtIn = ['profile', 'preference', 'entity', 'event', 'case', 'pattern'];
const manyNames = Array.from({ length: 20 }, (_, index) => `category-${index}`.padEnd(40, 'x'));
const settingsOf = (...names: string[]) => ({
  categories: names.map((name) => ({ name, description: `about ${name}` })),
});

async function apiWorld(extraction?: ReturnType<typeof settingsOf>) {
  const { clock, context, log, store } = await commitWorld();
  const api = {
    ...{ clock, lease: context.lease, limits: defaultLimits, newId: log.newId, owner: 'api', store },
    ...{
      memories: inProcessMemoryStore(),
      commits: recordingSender<never>(),
      followUps: recordingSender<never>(),
    },
    onEvent: () => undefined,
    ...(extraction && { extraction }),
  };
  const call = (method: 'PUT' | 'PATCH', session: string, memoryCategories?: unknown) => {
    const request: ApiRequest = {
      identity: { tenant: key.tenant, subject: 'ann' },
      path: { sessionId: session },
      query: {},
      headers: {},
      body: JSON.stringify({ memoryCategories }),
      signal: new AbortController().signal,
    };
    return handleRequest(api, `${method} /sessions/{sessionId}`, request).then(
      ({ body }) => (body as SessionView).memoryCategories,
    );
  };
  return { call, store };
}

describe('the categories of a session', () => {
  test('are all of the deployment’s, unless it is restricted, and are shown as a full list', async () => {
    const { call, store } = await apiWorld();
    expect(await call('PUT', 'tea')).toEqual(builtIn);
    expect(await store.readMeta({ ...key, session: 'tea' })).not.toHaveProperty('memoryCategories');
    const own = await apiWorld(settingsOf('profile', 'health'));
    expect(await own.call('PUT', 'tea')).toEqual(['profile', 'health']);
  });

  test('may be some of them, or none, and all of them again', async () => {
    const { call } = await apiWorld(settingsOf('profile', 'health'));
    expect(await call('PUT', 'tea', ['health'])).toEqual(['health']);
    expect(await call('PATCH', 'tea', [])).toEqual([]);
    expect(await call('PATCH', 'tea', null)).toEqual(['profile', 'health']);
  });

  test.each(['PUT', 'PATCH'] as const)(
    'must be known to the deployment (%s), which says what it knows',
    async (method) => {
      const { call } = await apiWorld(settingsOf('profile', 'health'));
      await call('PUT', 'tea');
      await expect(call(method, 'tea', ['profile', 'event'])).rejects.toMatchObject({
        code: 'invalid-input',
        fields: [
          {
            field: 'memoryCategories[1]',
            message: "must be one of the deployment's categories: profile, health",
          },
        ],
      });
      await expect(call(method, 'tea', ['Health'])).rejects.toMatchObject({
        fields: [{ field: 'memoryCategories[0]', message: expect.stringContaining('must be a category') }],
      });
      await expect(call(method, 'tea', Array(21).fill('health'))).rejects.toMatchObject({
        fields: [{ field: 'memoryCategories', message: 'at most 20 categories' }],
      });
    },
  );

  test('are all named in a refusal, however many there are', async () => {
    const { call } = await apiWorld(settingsOf(...manyNames));
    await expect(call('PUT', 'tea', ['health'])).rejects.toThrow(manyNames.join(', '));
  });
});
