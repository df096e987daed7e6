import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './open-api/api-world.ts';

let world: ApiWorld;
let path: { commitId: string };
beforeAll(async () => {
  world = await apiWorld();
  await world.ask('appendMessages', { body: { messages: [{ role: 'user', content: 'Tea, please.' }] } });
  const { body } = await world.ask('requestCommit', { body: {} });
  path = { commitId: String(body?.['commitId']) };
});

/** Asks for the commit, and says how long that took. */
async function ask(query: Record<string, string>) {
  const startedAtMs = world.clock.now();
  const { status, body } = await world.ask('getCommit', { path, query });
  return { status, body, tookMs: world.clock.now() - startedAtMs };
}

describe('reading a commit', () => {
  it('is answered at once, whatever was seen, when no wait is asked for', async () => {
    expect(await ask({})).toMatchObject({ status: 200, tookMs: 0, body: { state: 'queued' } });
    expect(await ask({ seen: '1' })).toMatchObject({ status: 200, tookMs: 0 });
  });

  it('is held back for as long as is asked while there is no news', async () => {
    expect(await ask({ waitSeconds: '7', seen: '1' })).toMatchObject({
      ...{ status: 200, tookMs: 7_000 },
      body: { state: 'queued', timeline: [{ event: 'queued' }] },
    });
  });

  it('is answered at once when there is news', async () => {
    expect(await ask({ waitSeconds: '20', seen: '0' })).toMatchObject({ status: 200, tookMs: 0 });
  });

  it.each([
    [{ waitSeconds: '21' }, 'waitSeconds', 'a whole number from 0 to 20'],
    [{ waitSeconds: '1.5' }, 'waitSeconds', 'a whole number from 0 to 20'],
    [{ waitSeconds: '' }, 'waitSeconds', 'a whole number from 0 to 20'],
    [{ seen: '-1' }, 'seen', 'a whole number from 0 to 999999'],
    [{ wait: '5' }, 'query', 'unknown field: wait'],
  ])('is refused with %j', async (query, field, message) => {
    expect(await ask(query)).toMatchObject({
      ...{ status: 400, tookMs: 0 },
      body: { code: 'invalid-input', errors: [{ field, message }] },
    });
  });
});
