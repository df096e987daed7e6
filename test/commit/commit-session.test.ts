import { describe, expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { LeaseLostError, LeaseUnavailableError } from '../../lib/lease/index.ts';
import { SessionNotFoundError } from '../../lib/store/index.ts';
import { commitWorld, key, one } from '../support/commit-world.ts';
import { crashAt, type Fault } from '../support/failing-port.ts';

const forever = new AbortController().signal;

describe('a commit', () => {
  test('moves the live messages into an archive, in order, and asks for its follow-up', async () => {
    const world = await commitWorld();
    for (const text of ['one', 'two', 'three']) await world.append(text);
    const outcome = await commitSession(world.context, world.message('c-1'), forever);
    expect(outcome).toEqual({ state: 'archived', archive: 1 });
    expect(await world.contents()).toEqual({ archives: [['one', 'two', 'three']], live: [] });
    expect([...world.followUps.sent.values()]).toEqual([{ ...key, archive: 1, commitId: 'c-1' }]);
    expect((await world.store.readMeta(key))?.sealed).toBeUndefined();
    expect(await world.commit('c-1')).toMatchObject({ state: 'archived', archive: 1 });
    expect(world.leases.leases.size).toBe(0);
    expect(world.clock.sleepers).toBe(0);
  });

  test('of nothing ends empty and makes no archive', async () => {
    const world = await commitWorld();
    expect(await commitSession(world.context, world.message('c-1'), forever)).toEqual({ state: 'empty' });
    expect(await world.contents()).toEqual({ archives: [], live: [] });
    expect(world.followUps.sent.size).toBe(0);
  });

  test('of a position that is handed out but not written makes no archive of nothing', async () => {
    const world = await commitWorld();
    const { position } = await world.store.takePosition(key, one, 0);
    expect(await commitSession(world.context, world.message('c-1'), forever)).toEqual({ state: 'empty' });
    expect(await world.store.readEntry(key, position)).toBeUndefined();
  });

  test('closes a position that is not written yet, and its append goes to a new one', async () => {
    const world = await commitWorld();
    await world.append('one');
    const { position: late } = await world.store.takePosition(key, one, 0);
    await world.append('three');
    await commitSession(world.context, world.message('c-1'), forever);
    expect(await world.store.readEntry(key, late)).toEqual({ kind: 'void', position: late });
    await world.append('four');
    await commitSession(world.context, world.message('c-2'), forever);
    expect((await world.contents()).archives).toEqual([['one', 'three'], ['four']]);
  });

  test('reads no more to find what it is to leave live than that', async () => {
    const world = await commitWorld();
    for (const text of ['one', 'two', 'three', 'four']) await world.append(text);
    const newest: number[] = [];
    const readRange: typeof world.store.readRange = async (of, range) => {
      const page = await world.store.readRange(of, range);
      if (range.newestFirst) newest.push(page.entries.length);
      return page;
    };
    const context = { ...world.context, store: { ...world.store, readRange } };
    await commitSession(context, world.message('c-1', { keepRecent: 2 }), forever);
    expect(newest).toEqual([2]);
    expect(await world.contents()).toEqual({ archives: [['one', 'two']], live: ['three', 'four'] });
  });

  test('takes nothing that was appended after it was asked for', async () => {
    const world = await commitWorld();
    const { position: through } = await world.append('before');
    await world.append('after');
    await commitSession(world.context, world.message('c-1', { through }), forever);
    expect(await world.contents()).toEqual({ archives: [['before']], live: ['after'] });
  });

  test('delivered twice archives once, with or without `through`', async () => {
    const world = await commitWorld();
    const { position: through } = await world.append('one');
    for (const message of [world.message('c-1', { through }), world.message('c-2')]) {
      await commitSession(world.context, message, forever);
      await world.append(`after ${message.commitId}`);
      const again = await commitSession(world.context, message, forever);
      expect(again.state).toBe('archived');
    }
    expect(await world.contents()).toEqual({ archives: [['one'], ['after c-1']], live: ['after c-2'] });
  });

  test('of what another commit has taken ends empty', async () => {
    const world = await commitWorld();
    const { position: through } = await world.append('one');
    await commitSession(world.context, world.message('c-1', { through }), forever);
    const second = await commitSession(world.context, world.message('c-2', { through }), forever);
    expect(second.state).toBe('empty');
    expect((await world.commit('c-2'))?.timeline.at(-1)?.detail).toContain('no live messages');
  });

  test.each([
    [1, [['a', 'b', 'c', 'd']], ['e']],
    [2, [['a', 'b', 'c']], ['d', 'e']],
    [5, [], ['a', 'b', 'c', 'd', 'e']],
    [9, [], ['a', 'b', 'c', 'd', 'e']],
  ])('with keepRecent %i leaves that many messages live', async (keepRecent, archives, live) => {
    const world = await commitWorld();
    for (const text of ['a', 'b', 'c', 'd', 'e']) await world.append(text);
    await commitSession(world.context, world.message('c-1', { keepRecent }), forever);
    expect(await world.contents()).toEqual({ archives, live });
  });

  test('of a session that does not exist says so', async () => {
    const world = await commitWorld();
    const message = { ...world.message('c-1'), session: 'nowhere' };
    await expect(commitSession(world.context, message, forever)).rejects.toThrow(SessionNotFoundError);
  });

  test('of a busy session gives up after its retries, and says who holds it', async () => {
    const world = await commitWorld();
    await world.append('one');
    const resource = `TENANT#${key.tenant}#SESSION#${key.session}`;
    await world.leases.acquire({ resource, owner: 'worker-2', token: 't', ttlMs: 30_000 });
    const commit = commitSession(world.context, world.message('c-1'), forever);
    const error = await world.clock.runUntil(commit.catch((reason: unknown) => reason));
    expect(error).toBeInstanceOf(LeaseUnavailableError);
    expect(error).toMatchObject({ holder: { owner: 'worker-2' }, attempts: 11, waitedMs: 1_000 });
    expect((error as LeaseUnavailableError).retry).toEqual({ retryable: true, afterMs: 29_050 });
    expect(await world.contents()).toEqual({ archives: [], live: ['one'] });
  });
});

describe('a commit that crashes', () => {
  async function run(call: number, fault: Fault, finisher: string) {
    const world = await commitWorld();
    for (const text of ['one', 'two']) await world.append(text);
    await world.store.takePosition(key, one, 0);
    const crash = crashAt(call, fault);
    const doomed = {
      ...world.context,
      store: crash.wrap(world.store),
      followUps: crash.wrap(world.followUps),
      lease: { ...world.context.lease, leases: crash.wrap(world.leases) },
    };
    await world.clock.runUntil(
      commitSession(doomed, world.message('c-1'), forever).catch(() => 'as it should'),
    );
    await world.append('three');
    await world.clock.advance(world.context.limits.lease.ttlMs);
    const outcome = await world.clock.runUntil(
      commitSession({ ...world.context, owner: 'worker-2' }, world.message(finisher), forever),
    );
    return { world, crash, outcome };
  }

  test.each(['before', 'after'] as const)(
    '%s any of its calls is finished by its redelivery',
    async (fault) => {
      let calls = 0;
      for (let call = 1; ; call += 1) {
        const { world, crash } = await run(call, fault, 'c-1');
        const { archives, live } = await world.contents();
        expect([...archives.flat(), ...live], `call ${call}`).toEqual(['one', 'two', 'three']);
        expect(archives.length, `call ${call}`).toBe(1);
        expect(archives[0]?.slice(0, 2), `call ${call}`).toEqual(['one', 'two']);
        expect((await world.store.readMeta(key))?.sealed, `call ${call}`).toBeUndefined();
        expect(await world.commit('c-1'), `call ${call}`).toMatchObject({ state: 'archived', archive: 1 });
        expect(world.followUps.sent.size, `call ${call}`).toBe(1);
        if (!crash.crashed) break;
        calls = call;
      }
      expect(calls).toBeGreaterThan(12);
    },
  );

  test.each(['before', 'after'] as const)(
    '%s any of its calls is finished by the next commit',
    async (fault) => {
      for (let call = 1; ; call += 1) {
        const { world, crash } = await run(call, fault, 'c-2');
        const { archives, live } = await world.contents();
        expect(live, `call ${call}`).toEqual([]);
        expect(archives.flat(), `call ${call}`).toEqual(['one', 'two', 'three']);
        const first = await world.commit('c-1');
        if (archives.length === 2) expect(first).toMatchObject({ state: 'archived', archive: 1 });
        expect(world.followUps.sent.size, `call ${call}`).toBe(archives.length);
        if (!crash.crashed) break;
      }
    },
  );
});

describe('a superseded worker', () => {
  test('cannot seal, and stops as one that lost its lease', async () => {
    const world = await commitWorld();
    await world.append('one');
    const usurped = {
      ...world.store,
      readRange: async (...args: Parameters<typeof world.store.readRange>) => {
        await world.store.claim(key);
        return world.store.readRange(...args);
      },
    };
    const commit = commitSession({ ...world.context, store: usurped }, world.message('c-1'), forever);
    await expect(commit).rejects.toThrow(LeaseLostError);
    expect(await world.contents()).toEqual({ archives: [], live: ['one'] });
    expect((await world.store.readMeta(key))?.archiveCount).toBe(0);
  });

  test('stops at its deadline, and leaves the session as it is', async () => {
    const world = await commitWorld();
    await world.append('one');
    const stuck = {
      ...world.store,
      readRange: () => world.clock.sleep(400_000).then(() => ({ entries: [], complete: true })),
    };
    const commit = commitSession({ ...world.context, store: stuck }, world.message('c-1'), forever);
    const outcome = await world.clock.runUntil(
      commit.then(
        (ended) => ended.state,
        (error: Error) => error.name,
      ),
    );
    expect(outcome).toBe('CommitDeadlineError');
    expect(await world.contents()).toEqual({ archives: [], live: ['one'] });
  });
});
