import { describe, expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import type { Amount } from '../../lib/session/index.ts';
import {
  AppendContendedError,
  AppendKeyReusedError,
  AppendTooLargeError,
  appendMessages,
  readLive,
} from '../../lib/session-log/index.ts';
import { SessionNotFoundError } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { crashAt } from '../support/failing-port.ts';

const forever = new AbortController().signal;
const hello = [{ role: 'user', content: 'hello' }] as const;
const HOUR_MS = 60 * 60 * 1000;

describe('an append', () => {
  test('takes two requests, and one more when it may be repeated', async () => {
    const world = await commitWorld();
    const counter = crashAt(Number.POSITIVE_INFINITY, 'before');
    const log = { ...world.log, store: counter.wrap(world.store) };
    await appendMessages(log, key, hello);
    expect(counter.calls).toBe(2);
    await appendMessages(log, key, hello, { idempotencyKey: 'once' });
    expect(counter.calls).toBe(5);
  });

  test('gives messages an id and a time unless they bring their own', async () => {
    const world = await commitWorld();
    const at = '2025-05-05T10:00:00+02:00';
    await appendMessages(world.log, key, [
      { role: 'user', content: 'a' },
      { role: 'tool', content: 'b', id: 'mine', at, metadata: { tool: 'grep', hits: [1, null] } },
    ]);
    const { messages } = await readLive(world.log, key, { after: 0, limit: 10 });
    expect(messages).toEqual([
      { id: 'id-1', role: 'user', content: 'a', at: '2026-01-01T00:00:00.000Z', position: 1 },
      {
        id: 'mine',
        role: 'tool',
        content: 'b',
        at,
        metadata: { tool: 'grep', hits: [1, null] },
        position: 1,
      },
    ]);
  });

  test('to a session that does not exist writes nothing', async () => {
    const world = await commitWorld();
    const nowhere = { ...key, session: 'nowhere' };
    await expect(appendMessages(world.log, nowhere, hello)).rejects.toThrow(SessionNotFoundError);
    expect(world.store.sessions.size).toBe(1);
  });

  test('that is too large names its size and the bound, and takes no position', async () => {
    const world = await commitWorld();
    const huge = [{ role: 'user', content: 'x'.repeat(500_000) }] as const;
    const append = appendMessages(world.log, key, huge);
    await expect(append).rejects.toThrow(AppendTooLargeError);
    await expect(append).rejects.toThrow(/500\d{3} bytes as JSON; one append takes at most 262144/);
    expect((await world.store.readMeta(key))?.nextSeq).toBe(1);
  });

  test.each([
    ['an idempotency key', [{ role: 'user', content: 'hello' }] as const, { idempotencyKey: 'key-1' }],
    ['message ids', [{ role: 'user', content: 'hello', id: 'm-1' }] as const, {}],
  ])('repeated with %s is stored once, live or archived', async (_how, messages, options) => {
    const world = await commitWorld();
    const first = await appendMessages(world.log, key, messages, options);
    await world.clock.advance(1_000);
    const repeat = { ...first, duplicate: true };
    expect(await appendMessages(world.log, key, messages, options)).toEqual(repeat);
    await commitSession(world.context, world.message('c-1'), forever);
    expect(await appendMessages(world.log, key, messages, options)).toEqual(repeat);
    expect(await world.contents()).toEqual({ archives: [['hello']], live: [] });
  });

  test('repeated at the same moment is stored once', async () => {
    const world = await commitWorld();
    const answers = await Promise.all(
      [1, 2, 3].map(() => appendMessages(world.log, key, hello, { idempotencyKey: 'once' })),
    );
    expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect((await world.contents()).live).toEqual(['hello']);
  });

  test('with the key of other messages is refused', async () => {
    const world = await commitWorld();
    await appendMessages(world.log, key, hello, { idempotencyKey: 'once' });
    const other = appendMessages(world.log, key, [{ role: 'user', content: 'other' }], {
      idempotencyKey: 'once',
    });
    await expect(other).rejects.toThrow(AppendKeyReusedError);
    expect((await world.contents()).live).toEqual(['hello']);
  });

  test('with a key that has expired is a new one', async () => {
    const world = await commitWorld();
    await appendMessages(world.log, key, hello, { idempotencyKey: 'once' });
    await world.clock.advance(12 * HOUR_MS);
    expect((await appendMessages(world.log, key, hello, { idempotencyKey: 'once' })).duplicate).toBe(false);
    expect((await world.contents()).live).toEqual(['hello', 'hello']);
  });

  test('whose position a commit has closed goes to a new one', async () => {
    const world = await commitWorld();
    await world.append('first');
    const slow = {
      ...world.store,
      takePosition: async (of: typeof key, added: Amount, activeAtMs: number) => {
        const taken = await world.store.takePosition(of, added, activeAtMs);
        if (taken.position === 2) await commitSession(world.context, world.message('c-1'), forever);
        return taken;
      },
    };
    const { position } = await appendMessages({ ...world.log, store: slow }, key, hello);
    expect(position).toBe(3);
    expect(await world.contents()).toEqual({ archives: [['first']], live: ['hello'] });
  });

  test('gives up when commits close every position that it is given', async () => {
    const world = await commitWorld();
    const hostile = {
      ...world.store,
      takePosition: async (of: typeof key, added: Amount, activeAtMs: number) => {
        const taken = await world.store.takePosition(of, added, activeAtMs);
        await world.store.voidPosition(of, taken.position, 0);
        return taken;
      },
    };
    const append = appendMessages({ ...world.log, store: hostile }, key, hello);
    await expect(append).rejects.toThrow(AppendContendedError);
  });

  test.each(['before', 'after'] as const)(
    'with a key that fails %s any of its calls, around a commit, is stored once by its repeat',
    async (fault) => {
      for (let call = 1; call <= 4; call += 1) {
        const world = await commitWorld();
        await world.append('first');
        const crash = crashAt(call, fault);
        const doomed = { ...world.log, store: crash.wrap(world.store) };
        await appendMessages(doomed, key, hello, { idempotencyKey: 'once' }).catch(() => 'as it should');
        await world.append('between');
        await commitSession(world.context, world.message('c-1'), forever);
        await appendMessages(world.log, key, hello, { idempotencyKey: 'once' });
        const { archives, live } = await world.contents();
        const all = [...archives.flat(), ...live];
        expect(
          all.filter((text) => text === 'hello'),
          `call ${call}`,
        ).toHaveLength(1);
        expect(all, `call ${call}`).toHaveLength(3);
      }
    },
  );
});

describe('a live read', () => {
  test('comes in pages of whole appends', async () => {
    const world = await commitWorld();
    for (const text of ['a', 'b', 'c']) await world.append(text);
    const first = await readLive(world.log, key, { after: 0, limit: 2 });
    expect(first.messages.map(({ content }) => content)).toEqual(['a', 'b']);
    const second = await readLive(world.log, key, { after: first.nextAfter ?? 0, limit: 2 });
    expect(second.messages.map(({ content }) => content)).toEqual(['c']);
    expect(second.nextAfter).toBeUndefined();
  });

  test('that a commit overtakes reads again', async () => {
    const world = await commitWorld();
    await world.append('old');
    let overtaken = false;
    const store = {
      ...world.store,
      async readRange(...args: Parameters<typeof world.store.readRange>) {
        if (!overtaken) {
          overtaken = true;
          await commitSession(world.context, world.message('c-1'), forever);
          await world.append('new');
        }
        return world.store.readRange(...args);
      },
    };
    const { messages } = await readLive({ store }, key, { after: 0, limit: 10 });
    expect(messages.map(({ content }) => content)).toEqual(['new']);
  });
});
