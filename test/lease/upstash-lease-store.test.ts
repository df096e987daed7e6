import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LeaseStore, LeaseStoreUnavailableError, upstashLeaseStore } from '../../lib/lease/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { type RestDouble, restDouble, TOKEN } from './rest-double.ts';

const ann = {
  resource: 'TENANT#t#SESSION#s',
  owner: 'ann',
  token: 'anns-token',
  ttlMs: safetyTimeouts.conditionMs,
};
const bob = { ...ann, owner: 'bob', token: 'bobs-token' };
const key = 'commitlane:prod:lease:TENANT#t#SESSION#s';

let server: RestDouble;
let store: LeaseStore;
const clock = fakeClock();

const makeStore = (more: Partial<Parameters<typeof upstashLeaseStore>[0]> = {}) =>
  upstashLeaseStore({
    url: server.url,
    readToken: async () => TOKEN,
    stage: 'prod',
    clock,
    requestTimeoutMs: safetyTimeouts.conditionMs,
    ...more,
  });

beforeEach(async () => {
  server = await restDouble();
  store = makeStore();
});
afterEach(() => server[Symbol.asyncDispose]());

const failureOf = (work: Promise<unknown>) =>
  work.then(
    (answer) => expect.fail(`it was answered: ${JSON.stringify(answer)}`),
    (error: unknown) => error as LeaseStoreUnavailableError,
  );

/** Executes the request, and cuts the line in place of answering. */
async function loseAnswer(response: ServerResponse, answer: () => Promise<string>) {
  await answer();
  response.destroy();
}

describe('a request to Upstash', () => {
  test('is one for each operation, also for those that run at once', async () => {
    const others = ['a', 'b', 'c'].map((resource) => store.acquire({ ...ann, resource }));
    await Promise.all([store.acquire(ann), ...others]);
    await store.renew(ann);
    await store.renew(bob);
    await store.acquire(bob);
    await store.release(ann);
    expect(server.seen).toHaveLength(8);
    for (const { path, body } of server.seen) {
      expect(path).toBe('/');
      expect(body[0]).toBe('eval');
    }
  });

  test('touches the key of the resource in its deployment, and no other', async () => {
    await store.acquire(ann);
    expect(server.seen[0]?.body.slice(2, 4)).toEqual([1, key]);
    expect(await server.redis.call(['GET', key])).toBe('["ann","anns-token"]');
    expect(await server.redis.call(['PTTL', key])).toBeGreaterThan(0);
  });

  test('carries the token, asks for texts byte by byte, and says nothing about the machine', async () => {
    await store.acquire(ann);
    const headers = server.seen[0]?.headers ?? {};
    expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(headers['upstash-encoding']).toBe('base64');
    expect(Object.keys(headers).filter((name) => name.includes('telemetry'))).toEqual([]);
  });

  test.each(['acquire', 'renew', 'release'] as const)(
    'to %s whose answer is lost fails, is not repeated behind our back, and finds its own when we repeat it',
    async (operation) => {
      if (operation !== 'acquire') await store.acquire(ann);
      server.seen.length = 0;
      server.treat = loseAnswer;
      const error = await failureOf(store[operation](ann));
      expect(error).toBeInstanceOf(LeaseStoreUnavailableError);
      expect(error.retry).toEqual({ retryable: true, afterMs: 0 });
      expect(server.seen).toHaveLength(1);

      server.treat = undefined;
      const again = { acquire: { acquired: true }, renew: { renewed: true }, release: false };
      const answer = await store[operation](ann);
      if (operation === 'release') expect(answer).toBe(false);
      else expect(answer).toMatchObject(again[operation]);
      expect(await store.acquire(bob)).toMatchObject({ acquired: operation === 'release' });
    },
  );

  test.each([
    ['never answers', () => undefined],
    ['stops in the middle of its answer', (response: ServerResponse) => response.write('{"result":')],
  ])('fails after its time limit when the server %s', async (_how, treat) => {
    store = makeStore({ requestTimeoutMs: 50 });
    server.treat = treat;
    for (const request of [store.acquire(ann), store.renew(ann), store.release(ann)]) {
      const error = await failureOf(request);
      expect(error).toBeInstanceOf(LeaseStoreUnavailableError);
      expect(error.message).toContain('there was no answer in 50 ms');
      expect(error.cause).toMatchObject({ name: 'TimeoutError' });
    }
    // One whose time is over before it is sent never comes.
    expect(server.seen.length).toBeLessThanOrEqual(3);
  });

  test.each([
    ['a text', '{"result":"T0s="}'],
    ['the reason of an aborted signal', '{"result":{}}'],
    ['null', '{"result":null}'],
    ['a one in quotes', '{"result":["MQ=="]}'],
    ['a refusal that names nobody', '{"result":[0]}'],
    ['no JSON', '<html>'],
    ['nothing', ''],
  ])('is never a success when the answer is %s', async (_what, body) => {
    server.treat = (response) => response.writeHead(200).end(body);
    expect(await failureOf(store.acquire(ann))).toBeInstanceOf(LeaseStoreUnavailableError);
  });

  test.each([
    [500, '{"error":"ERR internal"}', 'ERR internal'],
    [429, '{"error":"ERR max requests limit exceeded"}', 'ERR max requests limit exceeded'],
    [502, 'bad gateway', 'bad gateway'],
  ])('fails with the server’s own words at status %d', async (status, body, words) => {
    server.treat = (response) => response.writeHead(status).end(body);
    const error = await failureOf(store.acquire(ann));
    expect(error).toBeInstanceOf(LeaseStoreUnavailableError);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain(ann.token);
  });

  test('fails when nobody listens', async () => {
    store = makeStore({ url: 'http://127.0.0.1:1' });
    expect(await failureOf(store.acquire(ann))).toBeInstanceOf(LeaseStoreUnavailableError);
  });

  test.each([
    ['another program’s text', ['SET', key, 'busy', 'PX', '60000']],
    ['a lease that never expires', ['SET', key, '["cid","t"]']],
  ])('says so when the key holds %s', async (_what, command) => {
    await server.redis.call(command);
    const error = await failureOf(store.acquire(ann));
    expect(error.message).toContain(`${key} is not as expected: it holds something that is not a lease`);
  });
});

describe('the token', () => {
  test('is read once, by the first request', async () => {
    let reads = 0;
    store = makeStore({
      readToken: async () => {
        reads += 1;
        return TOKEN;
      },
    });
    expect(reads).toBe(0);
    await Promise.all([store.acquire(ann), store.acquire(bob)]);
    await store.renew(ann);
    expect(reads).toBe(1);
  });

  test('is read again after that has failed', async () => {
    let reads = 0;
    store = makeStore({
      readToken: async () => {
        reads += 1;
        if (reads === 1) throw new Error('no such parameter');
        return TOKEN;
      },
    });
    expect((await failureOf(store.acquire(ann))).message).toContain('no such parameter');
    expect(server.seen).toEqual([]);
    expect(await store.acquire(ann)).toMatchObject({ acquired: true });
  });

  test('that is wrong is refused', async () => {
    store = makeStore({ readToken: async () => 'another' });
    expect((await failureOf(store.acquire(ann))).message).toContain('WRONGPASS');
  });
});

describe('the clock of a worker', () => {
  test.each([-1, 1])('that is %d hours off takes no lease that the server says is held', async (hours) => {
    const off = makeStore({ clock: { ...clock, now: () => clock.now() + hours * 3_600_000 } });
    await store.acquire(ann);
    const answer = await off.acquire(bob);
    expect(answer).toMatchObject({ acquired: false, holder: { owner: 'ann' } });
    const leftMs = 'holder' in answer ? answer.holder.expiresAtMs - clock.now() - hours * 3_600_000 : 0;
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(ann.ttlMs);
  });
});
