import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Clock } from '../../lib/clock/index.ts';
import { type LeaseHolder, withLease } from '../../lib/lease/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import {
  inProcess,
  onDynamodb,
  onEmbeddedRedis,
  onRedisServer,
  redisServer,
  type World,
} from './lease-store-contract-worlds.ts';

/** Longer than any test takes, where a server's own time counts. */
const TTL_MS = safetyTimeouts.conditionMs;
const HOUR_MS = 3_600_000;
/** CI must have a redis-server; other machines may do without. */
const isWithout = (await redisServer()) === undefined && process.env['CI'] === undefined;

const worlds: [name: string, start: () => Promise<World>, isSkipped: boolean][] = [
  ['in this process', inProcess, false],
  ['on DynamoDB', onDynamodb, false],
  ['on Upstash, embedded', onEmbeddedRedis, false],
  [
    `on Upstash, with redis-server${isWithout ? ' (skipped: it is not on the PATH)' : ''}`,
    onRedisServer,
    isWithout,
  ],
];

let resourceCount = 0;

for (const [name, start, isSkipped] of worlds) {
  describe.skipIf(isSkipped)(`a lease store ${name}`, () => {
    let world: World;
    beforeAll(async () => {
      world = await start();
    });
    afterAll(() => world?.[Symbol.asyncDispose]());

    function setUp() {
      const clock = fakeClock();
      const store = world.makeStore(clock);
      const resource = `session-${++resourceCount}`;
      const claim = (owner: string, { token = `${owner}-token`, ttlMs = TTL_MS } = {}) => ({
        resource,
        owner,
        token,
        ttlMs,
      });
      const brief = { ttlMs: world.briefTtlMs };
      const untilExpired = () => world.untilExpired(resource, world.briefTtlMs, clock);
      return { clock, store, resource, claim, brief, untilExpired };
    }

    /** To the millisecond where the test moves the clock; else what is left is less by what went by meanwhile. */
    function expectHolder(actual: unknown, owner: string, clock: Clock, ttlMs = TTL_MS) {
      expect(actual).toEqual({ owner, expiresAtMs: expect.any(Number) });
      const leftMs = (actual as LeaseHolder).expiresAtMs - clock.now();
      expect(leftMs).toBeLessThanOrEqual(ttlMs);
      expect(leftMs).toBeGreaterThan(world.judge === 'worker' ? ttlMs - 1 : 0);
    }

    test('gives a free lease, and says until when', async () => {
      const { clock, store, claim } = setUp();
      const answer = await store.acquire(claim('ann'));
      expect(answer).toEqual({ acquired: true, expiresAtMs: clock.now() + TTL_MS });
    });

    test('refuses a held lease, and says who holds it and until when', async () => {
      const { clock, store, claim } = setUp();
      await store.acquire(claim('ann'));
      const answer = await store.acquire(claim('bob'));
      expect(answer).toEqual({ acquired: false, holder: expect.anything() });
      expectHolder('holder' in answer && answer.holder, 'ann', clock);
    });

    test('gives an expired lease to the next who asks', async () => {
      const { clock, store, claim, brief, untilExpired } = setUp();
      const expiresAtMs = clock.now() + brief.ttlMs;
      await store.acquire(claim('ann', brief));
      await untilExpired();
      const answer = await store.acquire(claim('bob'));
      expect(answer).toMatchObject({ acquired: true });
      const previous = 'previous' in answer ? answer.previous : undefined;
      expect(previous).toEqual(world.judge === 'worker' ? { owner: 'ann', expiresAtMs } : undefined);
    });

    test('lets nobody who lost it renew or release it', async () => {
      const { clock, store, claim, brief, untilExpired } = setUp();
      await store.acquire(claim('ann', brief));
      await untilExpired();
      await store.acquire(claim('bob'));
      const answer = await store.renew(claim('ann'));
      expect(answer).toEqual({ renewed: false, successor: expect.anything() });
      expectHolder('successor' in answer && answer.successor, 'bob', clock);
      expect(await store.release(claim('ann'))).toBe(false);
      expect(await store.renew(claim('bob'))).toMatchObject({ renewed: true });
    });

    test('gives a lease again to a holder who missed the answer', async () => {
      const { clock, store, claim } = setUp();
      await store.acquire(claim('ann'));
      expect(await store.acquire(claim('ann'))).toEqual({
        acquired: true,
        expiresAtMs: clock.now() + TTL_MS,
      });
    });

    test('does not take an earlier lease of the same owner for this one', async () => {
      const { store, claim } = setUp();
      await store.acquire(claim('ann', { token: 'first' }));
      const second = claim('ann', { token: 'second' });
      expect(await store.acquire(second)).toMatchObject({ acquired: false, holder: { owner: 'ann' } });
      expect(await store.renew(second)).toMatchObject({ renewed: false });
      expect(await store.release(second)).toBe(false);
    });

    test('renews for its holder, as often as asked: an answer may have been lost', async () => {
      const { clock, store, claim } = setUp();
      await store.acquire(claim('ann', { ttlMs: TTL_MS / 2 }));
      const renewed = { renewed: true, expiresAtMs: clock.now() + TTL_MS };
      expect(await store.renew(claim('ann'))).toEqual(renewed);
      expect(await store.renew(claim('ann'))).toEqual(renewed);
      const answer = await store.acquire(claim('bob'));
      expectHolder('holder' in answer && answer.holder, 'ann', clock);
    });

    test('lasts for as long as it was renewed for last, be that longer or shorter', async () => {
      const { store, claim, clock, brief, untilExpired } = setUp();
      await store.acquire(claim('ann'));
      await store.renew(claim('ann', { ttlMs: HOUR_MS }));
      const answer = await store.acquire(claim('bob'));
      expectHolder('holder' in answer && answer.holder, 'ann', clock, HOUR_MS);
      expect('holder' in answer && answer.holder.expiresAtMs - clock.now()).toBeGreaterThan(TTL_MS);
      await store.renew(claim('ann', brief));
      await untilExpired();
      expect(await store.acquire(claim('bob'))).toMatchObject({ acquired: true });
    });

    test('renews for nobody else, and says who has it', async () => {
      const { clock, store, claim } = setUp();
      await store.acquire(claim('ann'));
      const answer = await store.renew(claim('bob'));
      expect(answer).toEqual({ renewed: false, successor: expect.anything() });
      expectHolder('successor' in answer && answer.successor, 'ann', clock);
    });

    test('does not renew a lease that is free', async () => {
      const { store, claim } = setUp();
      expect(await store.renew(claim('ann'))).toEqual({ renewed: false });
    });

    test('releases for its holder only, and once: an answer may have been lost', async () => {
      const { store, claim } = setUp();
      await store.acquire(claim('ann'));
      expect(await store.release(claim('bob'))).toBe(false);
      expect(await store.release(claim('ann'))).toBe(true);
      expect(await store.release(claim('ann'))).toBe(false);
      expect(await store.acquire(claim('bob'))).toMatchObject({ acquired: true });
      expect(await store.release(claim('ann'))).toBe(false);
      expect(await store.renew(claim('bob'))).toMatchObject({ renewed: true });
    });

    test.each([
      ['12345', '12345.0'],
      ['007', '7'],
      ['1e3', '1000'],
      ['0x10', '16'],
      ['null', 'nil'],
      ['true', '1'],
      ['OK', 'ok'],
      ['["a","b"]', 'a'],
      ['zoë/😀', 'zoe'],
      ['', ' '],
    ])('keeps the owner and the token %j as they are', async (name, alike) => {
      const { clock, store, claim } = setUp();
      await store.acquire(claim(name, { token: name }));
      for (const stranger of [
        claim(alike, { token: name }),
        claim(name, { token: alike }),
        claim(alike, { token: alike }),
      ]) {
        const answer = await store.acquire(stranger);
        expectHolder('holder' in answer && answer.holder, name, clock);
        expect(await store.renew(stranger)).toMatchObject({ renewed: false });
        expect(await store.release(stranger)).toBe(false);
      }
      expect(await store.renew(claim(name, { token: name }))).toMatchObject({ renewed: true });
      expect(await store.release(claim(name, { token: name }))).toBe(true);
    });

    test('keeps a lease for a holder whose clock goes back', async () => {
      const { clock, claim } = setUp();
      let skewMs = 0;
      const store = world.makeStore({ ...clock, now: () => clock.now() + skewMs });
      await store.acquire(claim('ann'));
      skewMs = -HOUR_MS;
      expect(await store.acquire(claim('ann'))).toMatchObject({ acquired: true });
      expect(await store.renew(claim('ann'))).toMatchObject({ renewed: true });
      skewMs = 0;
      expect(await store.renew(claim('ann'))).toMatchObject({ renewed: true });
      expect(await store.acquire(claim('bob'))).toMatchObject({ acquired: false });
      skewMs = -HOUR_MS;
      expect(await store.release(claim('ann'))).toBe(true);
      skewMs = 0;
      expect(await store.acquire(claim('bob'))).toMatchObject({ acquired: true });
    });

    test('gives the lease to one of many who ask at once', async () => {
      const { store, claim } = setUp();
      const answers = await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((owner) => store.acquire(claim(owner))),
      );
      expect(answers.filter(({ acquired }) => acquired)).toHaveLength(1);
    });

    test('leaves a lease with its holder when somebody stops waiting for it', async () => {
      const { clock, store, resource, claim } = setUp();
      await store.acquire(claim('ann'));
      const events: string[] = [];
      const stop = new AbortController();
      const work = vi.fn();
      const waiting = withLease(
        {
          leases: store,
          clock,
          random: () => 1,
          newId: () => 'bobs-token',
          onEvent: ({ type }) => events.push(type),
        },
        {
          resource,
          owner: 'bob',
          policy: { ttlMs: TTL_MS, retryIntervalMs: 200, maxRetries: 10, acquireTimeoutMs: 60_000 },
          signal: stop.signal,
        },
        work,
      );
      waiting.catch(() => 'awaited below');
      await expect.poll(() => events).toContain('lease.busy');
      const reason = new Error('enough');
      stop.abort(reason);
      await expect(waiting).rejects.toBe(reason);
      expect(work).not.toHaveBeenCalled();
      expect(await store.renew(claim('ann'))).toMatchObject({ renewed: true });
    });
  });
}
