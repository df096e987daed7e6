import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '../../lib/clock/index.ts';
import { dynamodbLeaseStore, type LeaseStore, memoryLeaseStore } from '../../lib/lease/index.ts';
import { type DynaliteTable, dynaliteTable } from '../support/dynalite-table.ts';
import { fakeClock } from '../support/fake-clock.ts';

let table: DynaliteTable;
let resourceCount = 0;

beforeAll(async () => {
  table = await dynaliteTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const adapters: Record<string, (clock: Clock) => LeaseStore> = {
  'in memory': (clock) => memoryLeaseStore({ clock }),
  'on DynamoDB': (clock) => dynamodbLeaseStore({ ...table, clock }),
};

describe.each(Object.entries(adapters))('a lease store %s', (_name, makeStore) => {
  function setUp() {
    const clock = fakeClock();
    const store = makeStore(clock);
    const resource = `session-${++resourceCount}`;
    const claim = (owner: string, token = `${owner}-token`) => ({ resource, owner, token, ttlMs: 30_000 });
    return { clock, store, claim };
  }

  test('gives a free lease, and says until when', async () => {
    const { clock, store, claim } = setUp();
    expect(await store.acquire(claim('ann'))).toEqual({ acquired: true, expiresAtMs: clock.now() + 30_000 });
  });

  test('refuses a held lease, and says who holds it and until when', async () => {
    const { clock, store, claim } = setUp();
    await store.acquire(claim('ann'));
    const holder = { owner: 'ann', expiresAtMs: clock.now() + 30_000 };
    await clock.advance(29_999);
    expect(await store.acquire(claim('bob'))).toEqual({ acquired: false, holder });
  });

  test('gives an expired lease to the next who asks, and says whose it was', async () => {
    const { clock, store, claim } = setUp();
    await store.acquire(claim('ann'));
    const previous = { owner: 'ann', expiresAtMs: clock.now() + 30_000 };
    await clock.advance(30_000);
    expect(await store.acquire(claim('bob'))).toMatchObject({ acquired: true, previous });
  });

  test('gives a lease again to a holder who missed the answer', async () => {
    const { store, claim } = setUp();
    await store.acquire(claim('ann'));
    const again = await store.acquire(claim('ann'));
    expect(again).toMatchObject({ acquired: true });
    expect(again).not.toHaveProperty('previous');
  });

  test('does not take an earlier lease of the same owner for this one', async () => {
    const { store, claim } = setUp();
    await store.acquire(claim('ann', 'first'));
    expect(await store.acquire(claim('ann', 'second'))).toMatchObject({ acquired: false });
    expect(await store.renew(claim('ann', 'second'))).toMatchObject({ renewed: false });
    expect(await store.release(claim('ann', 'second'))).toBe(false);
  });

  test('renews for its holder, as often as asked', async () => {
    const { clock, store, claim } = setUp();
    await store.acquire(claim('ann'));
    await clock.advance(20_000);
    const renewed = { renewed: true, expiresAtMs: clock.now() + 30_000 };
    expect(await store.renew(claim('ann'))).toEqual(renewed);
    expect(await store.renew(claim('ann'))).toEqual(renewed);
    await clock.advance(29_999);
    expect(await store.acquire(claim('bob'))).toMatchObject({ acquired: false });
  });

  test('renews for nobody else, and says who has it', async () => {
    const { clock, store, claim } = setUp();
    await store.acquire(claim('ann'));
    const successor = { owner: 'ann', expiresAtMs: clock.now() + 30_000 };
    expect(await store.renew(claim('bob'))).toEqual({ renewed: false, successor });
  });

  test('does not renew a lease that is free', async () => {
    const { store, claim } = setUp();
    expect(await store.renew(claim('ann'))).toEqual({ renewed: false });
  });

  test('releases for its holder only, and once', async () => {
    const { store, claim } = setUp();
    await store.acquire(claim('ann'));
    expect(await store.release(claim('bob'))).toBe(false);
    expect(await store.release(claim('ann'))).toBe(true);
    expect(await store.release(claim('ann'))).toBe(false);
    expect(await store.acquire(claim('bob'))).toMatchObject({ acquired: true });
  });

  test('keeps owner ids that look like numbers as they are', async () => {
    const { clock, store, claim } = setUp();
    await store.acquire(claim('007', '1e3'));
    const holder = { owner: '007', expiresAtMs: clock.now() + 30_000 };
    expect(await store.acquire(claim('7', '1000'))).toEqual({ acquired: false, holder });
    expect(await store.renew(claim('007', '1e3'))).toMatchObject({ renewed: true });
  });

  test('gives one of many who ask at once the lease', async () => {
    const { store, claim } = setUp();
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((owner) => store.acquire(claim(owner))));
    expect(answers.filter(({ acquired }) => acquired)).toHaveLength(1);
  });
});
