import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { type DeletionContext, deleteSession } from '../../lib/deletion/index.ts';
import { LeaseUnavailableError } from '../../lib/lease/index.ts';
import { mergeStatements } from '../../lib/memory/index.ts';
import { wrapPort } from '../../lib/port/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import {
  dynamodbSessionStore,
  dynamodbVectorStore,
  inProcessMemoryStore,
  inProcessSessionStore,
  inProcessVectorStore,
  logPages,
  SessionNotFoundError,
  type SessionStore,
  StoreUnavailableError,
} from '../../lib/store/index.ts';
import { commitWorld, key, one, policy } from '../support/commit-world.ts';
import { crashAt } from '../support/failing-port.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { statementOf } from '../support/statement-of.ts';
import { testTable } from '../support/test-table.ts';

const scope = { tenant: key.tenant, scope: 'ann' };
const signal = new AbortController().signal;
const keep = { memories: false };

let world: Awaited<ReturnType<typeof commitWorld>>;
let memories: ReturnType<typeof inProcessMemoryStore>;
let context: DeletionContext;

async function makeYoungWorld() {
  world = await commitWorld();
  memories = inProcessMemoryStore(world.store.sessions);
  const limits = { lease: policy, memoryLease: policy };
  context = { store: world.store, memories, lease: world.context.lease, limits, owner: 'api' };
  for (let index = 0; index < 30; index += 1) await world.append(`message ${index}`);
}

async function makeWorld() {
  await makeYoungWorld();
  await commitSession(world.context, world.message('c-1', { through: 20 }), signal);
}
beforeEach(makeWorld);

function remember(text: string, session: string) {
  const statement = statementOf(text, { key: text, session });
  return mergeStatements({ ...context.lease, memories }, scope, [statement]);
}

/** What is left that was said, or was there before: positions, and sort keys of items that can be read. */
async function left(store: SessionStore): Promise<(number | string)[]> {
  const found: (number | string)[] = [];
  for await (const entries of logPages(store, key, { from: 1, to: 1_000 }))
    found.push(...entries.filter(({ kind }) => kind === 'record').map(({ position }) => position));
  for (const name of await store.listItems(key, { limit: 1_000 })) {
    const [kind, archive, , chunk] = name.split('#');
    const isClosed =
      kind === 'ARCHIVE' &&
      (chunk === undefined
        ? await store.readManifest(key, Number(archive))
        : await store.readChunk(key, Number(archive), Number(chunk))) === undefined;
    if (!isClosed) found.push(name);
  }
  return found;
}

const remembered = async () => (await memories.listMemories(scope, { limit: 10 })).memories;
/** Statements, and sources of the session. */
async function stated() {
  const { names } = await memories.listStatementNames(scope, { limit: 10 });
  const { sources } = await memories.listSources(scope, key.session, {});
  return { names, sources };
}

describe('deleting a session', () => {
  it('takes everything away, and its id with it', async () => {
    await deleteSession(context, key, keep, signal);

    expect(await world.store.readMeta(key)).toBeUndefined();
    expect(await left(world.store)).toEqual([]);
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
    const by = { kind: 'archive', session: 'other', archive: 1 };
    expect(await remembered()).toMatchObject([
      { key: 'of-another', by },
      { key: 'of-both', by },
    ]);
    const { names, sources } = await stated();
    expect(names).toHaveLength(2);
    expect(names.join()).not.toContain(key.session);
    expect(sources).toEqual([]);

    await deleteSession(context, key, { memories: true }, signal);
    expect(await remembered()).toHaveLength(2);
  });

  it.each([
    ['a session', makeWorld, true],
    ['a session whose memories stay', makeWorld, false],
    ['a session of nothing but messages', makeYoungWorld, false],
  ])('goes on where it was cut off: %s', async (_what, make, isForgotten) => {
    for (const fault of ['before', 'after'] as const) {
      for (let call = 1; ; call += 1) {
        await make();
        await remember('of-this-session', key.session);
        const crash = crashAt(call, fault);
        const cut = { ...context, store: crash.wrap(world.store), memories: crash.wrap(memories) };
        await deleteSession(cut, key, { memories: isForgotten }, signal).catch((error: unknown) => error);
        if (!crash.crashed) break;

        const again = deleteSession(context, key, { memories: isForgotten }, signal);
        await again.catch((error: unknown) => expect(error).toBeInstanceOf(SessionNotFoundError));
        expect(await left(world.store), `call ${call} ${fault}`).toEqual([]);
        expect(await remembered()).toHaveLength(isForgotten ? 0 : 1);
        const { names, sources } = await stated();
        expect([names.length, sources.length]).toEqual(isForgotten ? [0, 0] : [1, 1]);
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
    const closed = Items.filter(({ sk }) => sk !== 'META' && sk !== 'LEASE');
    const kinds = new Set(closed.map(({ kind }) => String(kind)));
    expect([...kinds].sort()).toEqual(['closed', 'tombstone', 'void']);
    expect(closed.every(({ expiresAtSeconds }) => Number(expiresAtSeconds) > 0)).toBe(true);
  });

  it('asks again for what the database leaves undone, and gives up on one that does nothing', async () => {
    await using table = await testTable();
    const store = dynamodbSessionStore(table);
    await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
    const log = { ...world.log, store };
    for (let index = 0; index < 30; index += 1)
      await appendMessages(log, key, [{ role: 'user', content: 'x' }]);
    await commitSession({ ...world.context, store }, world.message('c-1', { through: 5 }), signal);
    const idle = { ...store, removeItems: async (_key: object, names: readonly string[]) => [...names] };
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
      removeItems: async (of, names, expiresAtMs) => [
        ...(await store.removeItems(of, names.slice(0, 1), expiresAtMs)),
        ...names.slice(1),
      ],
    };
    await deleteSession({ ...context, store: slow }, key, keep, signal);
    expect(await left(store)).toEqual([]);
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

const noTable = { [Symbol.asyncDispose]: async () => undefined };
const adapters = {
  'in this process': async () => {
    const store = inProcessSessionStore();
    return Object.assign(store, { vectors: inProcessVectorStore(store.sessions, new Map()), ...noTable });
  },
  'on DynamoDB': async () => {
    const table = await testTable();
    return Object.assign(dynamodbSessionStore(table), {
      vectors: dynamodbVectorStore(table),
      [Symbol.asyncDispose]: () => table[Symbol.asyncDispose](),
    });
  },
};

describe.each(Object.entries(adapters))('a deletion beside others, on a store %s,', (_name, openStore) => {
  const late = (position: number) =>
    ({ kind: 'record', position, appendId: 'late', messages: [said], bytes: 80, appendedAtMs: 1 }) as const;
  const said = { id: 'm', role: 'user', content: 'x', at: '2026-01-01T00:00:00Z' } as const;
  const chunk = new Uint8Array([1]);

  async function fill(store: SessionStore) {
    await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
    const log = { ...world.log, store };
    for (let index = 0; index < 3; index += 1) await appendMessages(log, key, [said]);
    return { ...context, store };
  }

  it('leaves no position open that is taken before the mark', async () => {
    await using store = await openStore();
    const filled = await fill(store);
    let position = 0;
    const claim: typeof store.claim = async (of) => {
      const meta = await store.claim(of);
      ({ position } = await store.takePosition(of, one, 0));
      return meta;
    };
    await deleteSession({ ...filled, store: { ...store, claim } }, key, keep, signal);
    expect(await store.putRecord(key, late(position))).toBe(false);
    expect(await left(store)).toEqual([]);
  });

  it('leaves no room for what a commit that was cut off may still write', async () => {
    await using store = await openStore();
    const filled = await fill(store);
    const cutOff = new Error('cut off');
    const dying = { ...store, putChunk: () => Promise.reject(cutOff) };
    const commit = commitSession({ ...world.context, store: dying }, world.message('c-1'), signal);
    await expect(commit).rejects.toBe(cutOff);
    const { sealed } = (await store.readMeta(key)) ?? {};
    if (!sealed) throw new Error('the commit did not seal');

    await deleteSession(filled, key, keep, signal);
    for (const index of [0, 1, 2]) expect(await store.putChunk(key, 1, index, chunk)).toBe(false);
    const totals = { recordCount: 3, messageCount: 3, bytes: 9, chunks: [] };
    const manifest = { ...sealed, ...totals, followUp: { state: 'pending' } } as const;
    expect(await store.putManifest(key, manifest)).toBe(false);
    expect(await left(store)).toEqual([]);
  });

  it('leaves no room for what an archive that was finished may be sent once more', async () => {
    await using store = await openStore();
    const filled = await fill(store);
    await commitSession({ ...world.context, store }, world.message('c-1'), signal);
    const manifest = await store.readManifest(key, 1);
    if (!manifest) throw new Error('there is no archive');

    await deleteSession(filled, key, keep, signal);
    expect(await store.putChunk(key, 1, 0, chunk)).toBe(false);
    expect(await store.putManifest(key, manifest)).toBe(false);
    expect(await left(store)).toEqual([]);
  });

  it('leaves no vector that is written between the listing of items and the closing of archives', async () => {
    await using store = await openStore();
    const filled = await fill(store);
    const commit = (commitId: string) =>
      commitSession({ ...world.context, store }, world.message(commitId), signal);
    await commit('c-1');
    await appendMessages({ ...world.log, store }, key, [{ role: 'user', content: 'y' }]);
    await commit('c-2');
    const embed = (archive: number) => {
      const vectors = Array.from({ length: 30 }, (_, index) => ({
        position: archive,
        index,
        vector: [0, 1],
      }));
      return store.vectors.putMessageVectors(key, archive, { id: 'fake@2', dimensions: 2 }, vectors);
    };
    expect(await embed(2)).toBe(true);
    let written: boolean | undefined;
    const overtaken = wrapPort<SessionStore>(store, async (go, called) => {
      const answer = await go();
      if (called === 'listItems') written ??= await embed(1);
      return answer;
    });

    await deleteSession({ ...filled, store: overtaken }, key, keep, signal);
    expect(written).toBe(true);
    expect(await left(store)).toEqual([]);
    expect(await embed(1)).toBe(false);
    expect(await left(store)).toEqual([]);
  });

  it.each(['claim', 'markDeleted'] as const)(
    'finishes what another one has marked before its `%s`, and left',
    async (method) => {
      await using store = await openStore();
      const filled = await fill(store);
      const other = async () => {
        const { fence } = await store.claim(key);
        await store.markDeleted(key, fence, { deletedAtMs: 1, liveFrom: 1 });
      };
      const overtaken = wrapPort<SessionStore>(store, async (go, called) => {
        if (called === method) await other();
        return go();
      });
      await deleteSession({ ...filled, store: overtaken }, key, keep, signal);
      expect(await left(store)).toEqual([]);
      await expect(deleteSession(filled, key, keep, signal)).rejects.toThrow(SessionNotFoundError);
    },
  );
});
