import { describe, expect, test } from 'vitest';
import {
  inProcessLeaseStore,
  type LeaseContext,
  LeaseLostError,
  type LeaseStore,
  LeaseUnavailableError,
  withLease,
} from '../../lib/lease/index.ts';
import { fakeClock } from '../support/fake-clock.ts';

const policy = { ttlMs: 30_000, retryIntervalMs: 200, maxRetries: 10, acquireTimeoutMs: 60_000 };
const other = { resource: 'r', owner: 'other', token: 'other', ttlMs: 30_000 };

function setUp(override: (store: LeaseStore) => Partial<LeaseStore> = () => ({})) {
  const clock = fakeClock();
  const store = inProcessLeaseStore({ clock });
  const events: { type: string }[] = [];
  let ids = 0;
  const context: LeaseContext = {
    leases: { ...store, ...override(store) },
    clock,
    random: () => 1,
    newId: () => `token-${++ids}`,
    onEvent: (event) => events.push(event),
  };
  const stop = new AbortController();
  const request = { resource: 'r', owner: 'me', policy, signal: stop.signal };
  const typesOf = () => events.map(({ type }) => type);
  return { clock, store, context, request, stop, events, typesOf };
}

const waitFor = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

describe('a lease that is held', () => {
  test('is free again when the work is done, and the heartbeat has stopped', async () => {
    const { clock, store, context, request, typesOf } = setUp();
    expect(await withLease(context, request, async () => 'done')).toBe('done');
    expect(store.leases.size).toBe(0);
    expect(clock.sleepers).toBe(0);
    expect(typesOf()).toEqual(['lease.acquired', 'lease.released']);
  });

  test('is free again when the work fails', async () => {
    const { store, context, request } = setUp();
    const work = withLease(context, request, () => Promise.reject(new Error('work failed')));
    await expect(work).rejects.toThrow('work failed');
    expect(store.leases.size).toBe(0);
  });

  test('is renewed for as long as the work lasts', async () => {
    const { clock, store, context, request } = setUp();
    const work = withLease(context, request, () => clock.sleep(300_000));
    for (let second = 0; second < 299; second += 1) {
      await clock.advance(1_000);
      expect(await store.acquire(other)).toMatchObject({ acquired: false });
    }
    await clock.advance(1_000);
    await work;
  });

  test('outlives a store that fails for a while', async () => {
    let failures = 3;
    const { clock, context, request, typesOf } = setUp((store) => ({
      renew: (claim) => (failures-- > 0 ? Promise.reject(new Error('no answer')) : store.renew(claim)),
    }));
    const work = withLease(context, request, () => clock.sleep(40_000));
    await clock.runUntil(work);
    expect(typesOf().filter((type) => type === 'lease.renewal-failed')).toHaveLength(3);
    expect(typesOf()).not.toContain('lease.lost');
  });

  test.each([
    ['fails', () => Promise.reject<never>(new Error('down'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('is given up before it can expire when its store %s', async (_how, renew) => {
    const { clock, context, request } = setUp(() => ({ renew }));
    const startedAtMs = clock.now();
    let abortedAtMs = 0;
    const work = withLease(context, request, async (signal) => {
      await waitFor(signal).finally(() => {
        abortedAtMs = clock.now();
      });
    });
    const error = await clock.runUntil(work.catch((reason: unknown) => reason));
    expect(error).toBeInstanceOf(LeaseLostError);
    expect(error).toMatchObject({ lossCause: 'not-renewed' });
    expect(abortedAtMs - startedAtMs).toBe(20_000);
  });

  test('is renewed in time when the answer that gave it took long', async () => {
    const { clock, context, request, typesOf } = setUp((store) => ({
      async acquire(claim) {
        const answer = await store.acquire(claim);
        await clock.sleep(15_000);
        return answer;
      },
    }));
    const startedAtMs = clock.now();
    let renewedAtMs = 0;
    const { renew } = context.leases;
    const leases = {
      ...context.leases,
      renew(claim: Parameters<typeof renew>[0]) {
        renewedAtMs ||= clock.now();
        return renew(claim);
      },
    };
    await clock.runUntil(withLease({ ...context, leases }, request, () => clock.sleep(100_000)));
    expect(renewedAtMs - startedAtMs).toBe(15_000);
    expect(typesOf()).not.toContain('lease.lost');
  });

  test('is given up, and not renewed, when the answer that gave it took too long', async () => {
    const { clock, store, context, request, typesOf } = setUp((inner) => ({
      async acquire(claim) {
        const answer = await inner.acquire(claim);
        await clock.sleep(25_000);
        return answer;
      },
      renew: () => Promise.reject(new Error('it was asked to renew')),
    }));
    const startedAtMs = clock.now();
    const work = withLease(context, request, waitFor).catch((reason: unknown) => reason);
    expect(await clock.runUntil(work)).toMatchObject({ lossCause: 'not-renewed' });
    expect(clock.now() - startedAtMs).toBe(25_000);
    expect(typesOf()).not.toContain('lease.renewal-failed');
    expect(store.leases.size).toBe(0);
  });

  test('is given up at once when somebody else has it', async () => {
    const { clock, store, context, request } = setUp();
    const startedAtMs = clock.now();
    let abortedAtMs = 0;
    const work = withLease(context, request, async (signal) => {
      store.leases.set('r', { owner: 'usurper', token: 't', expiresAtMs: clock.now() + 60_000 });
      await waitFor(signal).finally(() => {
        abortedAtMs = clock.now();
      });
    });
    const error = await clock.runUntil(work.catch((reason: unknown) => reason));
    expect(error).toMatchObject({ lossCause: 'taken-over', successor: { owner: 'usurper' } });
    expect(abortedAtMs - startedAtMs).toBe(10_000);
    expect(store.leases.get('r')?.owner).toBe('usurper');
  });

  test('waits for a renewal that is under way before it is released', async () => {
    const { promise: renewalMayEnd, resolve: endRenewal } = Promise.withResolvers<void>();
    const { promise: workMayEnd, resolve: endWork } = Promise.withResolvers<void>();
    const calls: string[] = [];
    const { clock, context, request } = setUp((store) => ({
      async renew(claim) {
        await renewalMayEnd;
        calls.push('renewed');
        return store.renew(claim);
      },
      async release(claim) {
        calls.push('released');
        return store.release(claim);
      },
    }));
    const work = withLease(context, request, () => workMayEnd);
    await clock.advance(10_000);
    endWork();
    await clock.advance(0);
    expect(calls).toEqual([]);
    endRenewal();
    await work;
    expect(calls).toEqual(['renewed', 'released']);
  });

  test('keeps the result of its work when it cannot be released', async () => {
    const { context, request, typesOf } = setUp(() => ({ release: () => Promise.reject(new Error('down')) }));
    expect(await withLease(context, request, async () => 'done')).toBe('done');
    expect(typesOf()).toContain('lease.release-failed');
  });

  test('passes on the reason when its caller gives up', async () => {
    const { clock, store, context, request, stop } = setUp();
    const work = withLease(context, request, waitFor);
    await clock.advance(1_000);
    stop.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    expect(store.leases.size).toBe(0);
  });
});

describe('a lease that is busy', () => {
  test('is retried until its retries are used up', async () => {
    const { clock, store, context, request, typesOf } = setUp();
    await store.acquire(other);
    const work = withLease(context, request, async () => 'never');
    const error = await clock.runUntil(work.catch((reason: unknown) => reason));
    expect(error).toBeInstanceOf(LeaseUnavailableError);
    expect(error).toMatchObject({ attempts: 11, waitedMs: 2_000, holder: { owner: 'other' } });
    expect(typesOf().filter((type) => type === 'lease.busy')).toHaveLength(11);
  });

  test('is asked for no longer than the time allows', async () => {
    const { clock, store, context, request } = setUp();
    await store.acquire(other);
    const brief = { ...request, policy: { ...policy, acquireTimeoutMs: 500 } };
    const work = withLease(context, brief, async () => 'never');
    const error = await clock.runUntil(work.catch((reason: unknown) => reason));
    expect(error).toMatchObject({ attempts: 3, waitedMs: 400 });
  });

  test('is taken as soon as it is free, without sleeping far past its expiry', async () => {
    const { clock, store, context, request } = setUp();
    await store.acquire({ ...other, ttlMs: 1_000 });
    const startedAtMs = clock.now();
    const patient = { ...request, policy: { ...policy, retryIntervalMs: 60_000 } };
    await clock.runUntil(withLease(context, patient, async () => 'done'));
    expect(clock.now() - startedAtMs).toBe(1_050);
  });

  test('is not waited for any longer when the caller gives up', async () => {
    const { clock, store, context, request, stop } = setUp();
    await store.acquire(other);
    const work = withLease(context, request, async () => 'never');
    work.catch(() => 'expected');
    await clock.advance(300);
    stop.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    expect(clock.sleepers).toBe(0);
  });

  test('whose answer was lost is found to be held at the next attempt', async () => {
    let lost = false;
    const { clock, context, request, typesOf } = setUp((store) => ({
      async acquire(claim) {
        const answer = await store.acquire(claim);
        if (lost) return answer;
        lost = true;
        throw new Error('answer lost');
      },
    }));
    expect(await clock.runUntil(withLease(context, request, async () => 'done'))).toBe('done');
    expect(typesOf()).toEqual(['lease.acquire-failed', 'lease.acquired', 'lease.released']);
  });

  test('is not left behind when every answer was lost', async () => {
    const { clock, store, context, request } = setUp((leases) => ({
      acquire: (claim) => leases.acquire(claim).then(() => Promise.reject(new Error('answer lost'))),
    }));
    const work = withLease(context, request, async () => 'never');
    await clock.runUntil(work.catch((reason: unknown) => reason));
    expect(store.leases.size).toBe(0);
  });
});
