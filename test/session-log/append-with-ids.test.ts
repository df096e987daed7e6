import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import type { AppendKey, NewMessage } from '../../lib/session/index.ts';
import { AppendContendedError, appendMessages, MessageIdReusedError } from '../../lib/session-log/index.ts';
import { commitWorld, key, one } from '../support/commit-world.ts';
import { crashAt } from '../support/failing-port.ts';

const forever = new AbortController().signal;
const HOUR_MS = 60 * 60 * 1000;

/** Messages with these ids, which say the same. */
const said = (...ids: string[]): NewMessage[] => ids.map((id) => ({ role: 'user', content: id, id }));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function idsWorld() {
  const world = await commitWorld();
  const counter = crashAt(Number.POSITIVE_INFINITY, 'before');
  const log = { ...world.log, store: counter.wrap(world.store) };
  return {
    ...world,
    send: (...ids: string[]) => world.clock.runUntil(appendMessages(world.log, key, said(...ids))),
    commitAll: (commitId: string) => commitSession(world.context, world.message(commitId), forever),
    all: async () => {
      const { archives, live } = await world.contents();
      return [...archives.flat(), ...live];
    },
    /** How many requests to the database an append takes. */
    async requestsOf(...ids: string[]) {
      const before = counter.calls;
      await appendMessages(log, key, said(...ids));
      return counter.calls - before;
    },
  };
}

describe('an append whose messages all have ids', () => {
  test('takes a request for each message, besides those of any append', async () => {
    const world = await idsWorld();
    expect(await world.requestsOf('m1')).toBe(3);
    // One more asks whether the last release has stored these messages.
    expect(await world.requestsOf('m2', 'm3', 'm4')).toBe(2 + 3 + 1);
  });

  test('stores what an overlapping append has not stored, in order, and says where each message is', async () => {
    const world = await idsWorld();
    expect(await world.send('m1', 'm2')).toEqual({
      position: 1,
      messageIds: ['m1', 'm2'],
      positions: [1, 1],
      duplicate: false,
    });
    expect(await world.send('m2', 'm3', 'm4')).toEqual({
      position: 2,
      messageIds: ['m2', 'm3', 'm4'],
      positions: [1, 2, 2],
      duplicate: false,
    });
    await world.commitAll('c-1');
    expect(await world.send('m0', 'm1', 'm4', 'm5')).toMatchObject({ position: 3, positions: [3, 1, 2, 3] });
    expect(await world.all()).toEqual(['m1', 'm2', 'm3', 'm4', 'm0', 'm5']);
  });

  test('of which all are stored, by whichever appends, is a duplicate, live or archived', async () => {
    const world = await idsWorld();
    for (const id of ['m1', 'm2', 'm3']) await world.send(id);
    const known = { position: 3, messageIds: ['m2', 'm3'], positions: [2, 3], duplicate: true };
    expect(await world.send('m2', 'm3')).toEqual(known);
    await world.commitAll('c-1');
    expect(await world.send('m2', 'm3')).toEqual(known);
    expect(await world.all()).toEqual(['m1', 'm2', 'm3']);
  });

  test('is a duplicate of itself for 12 hours, even where a message of it is older', async () => {
    const world = await idsWorld();
    await world.send('m1');
    await world.clock.advance(6 * HOUR_MS);
    await world.send('m1', 'm2');
    await world.clock.advance(7 * HOUR_MS);
    expect(await world.send('m1', 'm2')).toMatchObject({ position: 2, positions: [1, 2], duplicate: true });
    expect(await world.all()).toEqual(['m1', 'm2']);
  });

  test('is new after 12 hours', async () => {
    const world = await idsWorld();
    await world.send('m1', 'm2');
    await world.clock.advance(12 * HOUR_MS);
    expect(await world.send('m1', 'm2')).toMatchObject({ position: 2, duplicate: false });
  });

  test('with a known id and another message names the id, and stores nothing', async () => {
    const world = await idsWorld();
    await world.send('m1');
    const contradiction = appendMessages(world.log, key, [
      ...said('m0'),
      { role: 'user', content: 'another', id: 'm1' },
      ...said('m2'),
    ]);
    await expect(contradiction).rejects.toThrow(MessageIdReusedError);
    await expect(contradiction).rejects.toThrow("'m1'");
    expect(await world.all()).toEqual(['m1']);
    await world.send('m0', 'm2');
    expect(await world.all()).toEqual(['m1', 'm0', 'm2']);
  });

  test('with one id for two messages is refused; with a message twice, stores it once', async () => {
    const world = await idsWorld();
    const two = appendMessages(world.log, key, [...said('m1'), { role: 'user', content: 'x', id: 'm1' }]);
    await expect(two).rejects.toThrow(MessageIdReusedError);
    expect(await world.send('m1', 'm2', 'm1')).toMatchObject({ positions: [1, 1, 1] });
    expect(await world.all()).toEqual(['m1', 'm2']);
  });

  test('after a crash may bring another message under an id that was never stored', async () => {
    const world = await idsWorld();
    const crash = crashAt(3, 'before');
    await appendMessages({ ...world.log, store: crash.wrap(world.store) }, key, said('m1')).catch(() => 0);
    const another = appendMessages(world.log, key, [{ role: 'user', content: 'other', id: 'm1' }]);
    const other = await world.clock.runUntil(another);
    expect(other).toMatchObject({ position: 2, duplicate: false });
    expect(await world.all()).toEqual(['other']);
  });

  test.each([
    [
      ['m1', 'm2'],
      ['m1', 'm2'],
    ],
    [
      ['m1', 'm2'],
      ['m2', 'm3'],
    ],
    [
      ['m2', 'm3'],
      ['m1', 'm2'],
    ],
    [['m1', 'm2', 'm3'], ['m2']],
  ])(
    '%j that fails at any call, around a commit, and %j after it, store each message once',
    async (first, then) => {
      for (const fault of ['before', 'after'] as const) {
        for (let call = 1; call <= 7; call += 1) {
          const world = await idsWorld();
          await world.append('old');
          const doomed = { ...world.log, store: crashAt(call, fault).wrap(world.store) };
          await appendMessages(doomed, key, said(...first)).catch(() => 'as it should');
          await world.send(...then);
          await world.commitAll('c-1');
          const answer = await world.send(...first);
          const repeated = await world.send(...first);
          expect(repeated).toEqual({ ...answer, position: expect.any(Number), duplicate: true });
          const all = (await world.all()).slice(1);
          expect(all.toSorted(), `${fault} call ${call}`).toEqual([...new Set([...first, ...then])].sort());
        }
      }
    },
  );

  test('at the same moment as others that overlap, and as itself, stores each message once', async () => {
    const world = await idsWorld();
    const appends = [
      ['m1', 'm2'],
      ['m2', 'm3'],
      ['m1', 'm2'],
      ['m3', 'm1'],
    ];
    const answers = Promise.all(appends.map((ids) => appendMessages(world.log, key, said(...ids))));
    expect(await world.clock.runUntil(answers)).toMatchObject([
      { positions: [1, 1] },
      { positions: [1, 2] },
      { positions: [1, 1], duplicate: true },
      { positions: [2, 1], duplicate: true },
    ]);
    expect(await world.all()).toEqual(['m1', 'm2', 'm3']);
  });

  test('waits for an earlier one that it overlaps, for less than a second', async () => {
    const world = await idsWorld();
    const { clock } = world;
    const slow = {
      ...world.store,
      putRecord: async (...args: Parameters<typeof world.store.putRecord>) => {
        await clock.sleep(500);
        return world.store.putRecord(...args);
      },
    };
    const first = appendMessages({ ...world.log, store: slow }, key, said('m1', 'm2'));
    await clock.advance(1);
    expect(await world.send('m2', 'm3')).toMatchObject({ position: 2, positions: [1, 2] });
    expect(await first).toMatchObject({ position: 1, duplicate: false });

    const crash = crashAt(5, 'before');
    const second = appendMessages({ ...world.log, store: crash.wrap(world.store) }, key, said('m4', 'm5'));
    await expect(second).rejects.toThrow('call 5: putRecord');
    const beganAtMs = clock.now();
    expect(await world.send('m5', 'm6')).toMatchObject({ positions: [4, 4] });
    expect(clock.now() - beganAtMs).toBeLessThan(1_000);
    expect(await world.all()).toEqual(['m1', 'm2', 'm3', 'm5', 'm6']);
  });

  test('does not wait for one that has had its time', async () => {
    const world = await idsWorld();
    const crash = crashAt(5, 'before');
    const lost = appendMessages({ ...world.log, store: crash.wrap(world.store) }, key, said('m1', 'm2'));
    await expect(lost).rejects.toThrow('call 5: putRecord');
    await world.clock.advance(1_000);
    expect(await appendMessages(world.log, key, said('m2', 'm3'))).toMatchObject({ positions: [2, 2] });
  });

  test('repeated at the same moment is stored once, at one position', async () => {
    const world = await idsWorld();
    const answers = await Promise.all([1, 2, 3].map(() => world.send('m1', 'm2', 'm3')));
    expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  });

  test('gives up when every position that it is given is closed', async () => {
    const world = await idsWorld();
    const hostile = {
      ...world.store,
      async takePosition(of: typeof key) {
        const taken = await world.store.takePosition(of, one, 0);
        await world.store.voidPosition(of, taken.position, 0);
        return taken;
      },
    };
    const append = appendMessages({ ...world.log, store: hostile }, key, said('m1', 'm2'));
    await expect(append).rejects.toThrow(AppendContendedError);
    await world.send('m1', 'm2');
    expect(await world.all()).toEqual(['m1', 'm2']);
  });

  test('that the last release has remembered as a whole is a duplicate', async () => {
    const world = await idsWorld();
    const messages = said('m1', 'm2');
    const remembered: AppendKey = {
      key: `ids:${sha256('m1\nm2')}`,
      position: 1,
      sha256: sha256(JSON.stringify(messages)),
      messageIds: ['m1', 'm2'],
      expiresAtMs: world.clock.now() + 12 * HOUR_MS,
    };
    const { position } = await world.store.takePosition(key, one, 0);
    await world.store.putAppendKey(key, remembered, world.clock.now());
    await world.store.putRecord(key, {
      kind: 'record',
      position,
      appendId: remembered.key,
      messages: messages.map((message) => ({ ...message, id: message.id ?? '', at: 'then' })),
      bytes: 1,
      appendedAtMs: 1,
    });
    expect(await world.send('m1', 'm2')).toEqual({
      position: 1,
      messageIds: ['m1', 'm2'],
      positions: [1, 1],
      duplicate: true,
    });
    expect(await world.all()).toEqual(['m1', 'm2']);
    await world.clock.advance(12 * HOUR_MS);
    expect(await world.send('m1', 'm2')).toMatchObject({ duplicate: false });
  });
});

describe('a position that an overlapping append has closed', () => {
  async function withClosed() {
    const world = await idsWorld();
    const crash = crashAt(5, 'before');
    // It has tied both messages to position 1, and writes nothing there.
    await appendMessages({ ...world.log, store: crash.wrap(world.store) }, key, said('m1', 'm2')).catch(
      () => 0,
    );
    return world;
  }

  test('is no record to a commit: there is no archive of nothing', async () => {
    const world = await withClosed();
    await world.store.voidPosition(key, 1, 0);
    await world.commitAll('c-1');
    expect((await world.commit('c-1'))?.state).toBe('empty');
    await world.send('m2');
    await world.commitAll('c-2');
    expect(await world.contents()).toEqual({ archives: [['m2']], live: [] });
  });
});
