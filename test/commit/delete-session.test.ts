import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitSession, type DeletionContext, deleteSession } from '../../lib/commit/index.ts';
import { LeaseUnavailableError } from '../../lib/lease/index.ts';
import { inProcessMemoryStore, mergeMemory } from '../../lib/memory/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { dynamodbSessionStore, SessionNotFoundError, StoreUnavailableError } from '../../lib/store/index.ts';
import { commitWorld, key, one, policy } from '../support/commit-world.ts';
import { crashAt } from '../support/failing-port.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { testTable } from '../support/test-table.ts';

const scope = { tenant: key.tenant, scope: 'ann' };
const signal = new AbortController().signal;
const keep = { memories: false };

let world: Awaited<ReturnType<typeof commitWorld>>;
let memories: ReturnType<typeof inProcessMemoryStore>;
let context: DeletionContext;

async function makeWorld() {
  world = await commitWorld();
  memories = inProcessMemoryStore();
  const limits = { lease: policy, memoryLease: policy };
  context = { store: world.store, memories, lease: world.context.lease, limits, owner: 'api' };
  for (let index = 0; index < 30; index += 1) await world.append(`message ${index}`);
  await commitSession(world.context, world.message('c-1', { through: 20 }), signal);
}
beforeEach(makeWorld);

function remember(text: string, session: string) {
  const memory = {
    category: 'profile',
    key: text,
    text,
    confidence: 1,
    messageId: 'm',
    seenAtMs: 1,
  } as const;
  return mergeMemory(memories, scope, memory, { session, archive: 1 });
}

const remembered = async () => (await memories.listMemories(scope, { limit: 10 })).memories;

describe('deleting a session', () => {
  it('takes everything away, and its id with it', async () => {
    await deleteSession(context, key, keep, signal);

    expect(await world.store.readMeta(key)).toBeUndefined();
    expect(await world.store.listItems(key, 10)).toEqual([]);
    await expect(world.append('late')).rejects.toThrow(SessionNotFoundError);
    const settings = { scope: 'ann', memoryCategories: [], createdAtMs: 0 };
    expect(await world.store.createSession(key, settings)).toBe(false);
  });

  it('leaves memories alone unless it is asked to forget what rests on the session', async () => {
    await remember('of-this-session', key.session);
    await remember('of-another', 'other');
    await remember('of-both', key.session);
    await remember('of-both', 'other');

    await deleteSession(context, key, keep, signal);
    expect(await remembered()).toHaveLength(3);

    await deleteSession(context, key, { memories: true }, signal);
    expect((await remembered()).map(({ key: name, archives }) => [name, archives])).toEqual([
      ['of-another', [{ session: 'other', archive: 1 }]],
      ['of-both', [{ session: 'other', archive: 1 }]],
    ]);
  });

  it('goes on where it was cut off', async () => {
    for (const fault of ['before', 'after'] as const) {
      for (let call = 1; ; call += 1) {
        await makeWorld();
        await remember('of-this-session', key.session);
        const crash = crashAt(call, fault);
        const cut = { ...context, store: crash.wrap(world.store), memories: crash.wrap(memories) };
        await deleteSession(cut, key, { memories: true }, signal).catch((error: unknown) => error);
        if (!crash.crashed) break;

        await deleteSession(context, key, { memories: true }, signal);
        expect(await world.store.listItems(key, 10), `call ${call} ${fault}`).toEqual([]);
        expect(await remembered()).toEqual([]);
      }
    }
  });

  it('leaves nothing behind of an append that was on its way, and nothing of what was live', async () => {
    await using table = await testTable();
    const store = dynamodbSessionStore(table);
    await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
    const log = { ...world.log, store };
    for (let index = 0; index < 60; index += 1)
      await appendMessages(log, key, [{ role: 'user', content: 'x' }]);
    await commitSession({ ...world.context, store }, world.message('c-1', { through: 20 }), signal);
    const onItsWay = {
      kind: 'record',
      position: (await store.takePosition(key, one, 0)).position,
      appendId: 'late',
      messages: [],
      bytes: 2,
      appendedAtMs: 1,
    } as const;

    await deleteSession({ ...context, store }, key, keep, signal);

    expect(await store.putRecord(key, onItsWay)).toBe(false);
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
    const left = Items.filter(({ sk }) => sk !== 'META' && sk !== 'LEASE');
    expect(left.every(({ kind }) => kind === 'void' || kind === 'tombstone')).toBe(true);
    expect(left.every(({ expiresAtSeconds }) => Number(expiresAtSeconds) > 0)).toBe(true);
  });

  it('asks again for what the database leaves undone, and gives up on one that does nothing', async () => {
    await using table = await testTable();
    const store = dynamodbSessionStore(table);
    await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
    const log = { ...world.log, store };
    for (let index = 0; index < 30; index += 1)
      await appendMessages(log, key, [{ role: 'user', content: 'x' }]);
    await commitSession({ ...world.context, store }, world.message('c-1', { through: 5 }), signal);
    const idle = { ...store, deleteItems: async (_key: object, names: readonly string[]) => [...names] };
    const clock = fakeClock(table);
    const patient = { ...context, lease: { ...context.lease, clock } };
    const stuck = clock.runUntil(deleteSession({ ...patient, store: idle }, key, keep, signal));
    await expect(stuck).rejects.toThrow(StoreUnavailableError);

    const slow: typeof store = {
      ...store,
      closePositions: async (of, positions, expiresAtMs) => [
        ...(await store.closePositions(of, positions.slice(0, 7), expiresAtMs)),
        ...positions.slice(7),
      ],
      deleteItems: async (of, names) => [
        ...(await store.deleteItems(of, names.slice(0, 1))),
        ...names.slice(1),
      ],
    };
    await deleteSession({ ...context, store: slow }, key, keep, signal);
    expect(await store.listItems(key, 1)).toEqual([]);
  });

  it('waits its turn while a commit runs, and gives up in time', async () => {
    const claim = { resource: 'TENANT#acme#SESSION#chat', owner: 'worker-9', token: 't', ttlMs: 600_000 };
    await world.leases.acquire(claim);

    const deletion = world.clock.runUntil(deleteSession(context, key, keep, signal));

    await expect(deletion).rejects.toThrow(LeaseUnavailableError);
    expect(await world.store.readMeta(key)).toBeDefined();
  });

  it('says that there is none, twice', async () => {
    await deleteSession(context, key, keep, signal);
    await expect(deleteSession(context, key, keep, signal)).rejects.toThrow(SessionNotFoundError);
    await expect(deleteSession(context, { ...key, session: 'nowhere' }, keep, signal)).rejects.toThrow(
      SessionNotFoundError,
    );
  });
});
