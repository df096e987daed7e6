import { describe, expect, it } from 'vitest';
import {
  type AppendHistoryOptions,
  appendHistory,
  ensureSession,
  HistoryNotReadableError,
  type ReadHistoryOptions,
  readHistory,
} from '../../lib/adapters/history/index.ts';
import { instantClock } from '../client/instant-clock.ts';
import { adapterWorld, type Plan } from './adapter-world.ts';

const SESSION = 'moving-house';

/** A session of three archives of three messages each, `a1` to `a9`, and then `live1` to `live3`. */
async function grown() {
  const world = await adapterWorld();
  const { client } = world.process();
  const say = (...ids: string[]) =>
    appendHistory(
      client,
      SESSION,
      ids.map((id) => ({ id, role: 'user', content: id })),
    );
  for (const first of [1, 4, 7]) {
    await say(`a${first}`, `a${first + 1}`, `a${first + 2}`);
    await world.commit(SESSION);
  }
  for (const id of ['live1', 'live2', 'live3']) await say(id);
  const read = async (options: ReadHistoryOptions = {}, plan: Plan = {}) => {
    const started = world.process(plan);
    const messages = await readHistory(started.client, SESSION, options);
    return { ids: messages.map(({ id }) => id), requests: started.requests };
  };
  return { world, client, say, read };
}

describe('readHistory', () => {
  it('gives messages as they were sent, with their ids and positions', async () => {
    const { client } = await grown();
    const messages = await readHistory(client, SESSION);
    expect(messages).toHaveLength(12);
    expect(messages[0]).toMatchObject({ id: 'a1', role: 'user', content: 'a1', position: 1 });
    expect(messages.at(-1)).toMatchObject({ id: 'live3', position: 6 });
  });

  it('reads no more archives than the newest messages take', async () => {
    const { read } = await grown();
    const whole = await read();
    const three = await read({ limit: 3 });
    expect(three.ids).toEqual(['live1', 'live2', 'live3']);
    const five = await read({ limit: 5 });
    expect(five.ids).toEqual(['a8', 'a9', 'live1', 'live2', 'live3']);
    expect((await read({ limit: 1 })).ids).toEqual(['live3']);
    expect((await read({ limit: 100 })).ids).toEqual(whole.ids);
    expect(three.requests).toBeLessThan(five.requests);
    expect(five.requests).toBeLessThan(whole.requests);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses the limit %s, before anything is sent', async (limit) => {
    const world = await adapterWorld();
    const started = world.process();
    await expect(readHistory(started.client, SESSION, { limit })).rejects.toMatchObject({
      code: 'invalid-usage',
    });
    expect(started.requests).toBe(0);
  });

  it('waits for an archive that is being written, and says how long it did when it gives up', async () => {
    const { world, read } = await grown();
    const finish = await world.dyingCommit(SESSION);
    const clock = instantClock();
    const refused = read({ clock, archivingTimeoutMs: 10_000 });
    await expect(refused).rejects.toMatchObject({
      code: 'history-not-readable',
      message: expect.stringContaining('archive 4 was not written within 10000 ms'),
      retry: { retryable: true, afterMs: 1_000 },
    });
    expect(clock.now()).toBe(10_000);
    expect(clock.sleepsMs.slice(0, 6)).toEqual([50, 100, 200, 400, 800, 1_000]);
    await finish();
    expect((await read()).ids).toHaveLength(12);
  });

  it('does not wait for an archive that it does not need', async () => {
    const { world, say, read } = await grown();
    const finish = await world.dyingCommit(SESSION);
    await say('new');
    const { ids } = await read({ limit: 1, archivingTimeoutMs: 0 });
    expect(ids).toEqual(['new']);
    await finish();
  });

  it('gives up after commits have overtaken it five times', async () => {
    const { world, say, read } = await grown();
    let count = 0;
    const plan: Plan = {
      async before(request) {
        if (request % 2 === 1) return;
        // Each read finds two pages, and a commit comes between them.
        await world.commit(SESSION);
        for (let index = 0; index < 3; index += 1) await say(`more${++count}`);
      },
    };
    await expect(read({}, plan)).rejects.toBeInstanceOf(HistoryNotReadableError);
    expect((await read()).ids).toHaveLength(12 + count);
  });

  it('finds nothing in a session that is deleted, even while it is read', async () => {
    const { world, client, read } = await grown();
    let deleted = false;
    const { ids } = await read(
      { clock: instantClock() },
      {
        async before(request) {
          if (request === 4) {
            await client.deleteSession(SESSION);
            deleted = true;
          }
        },
      },
    );
    expect(deleted).toBe(true);
    expect(ids).toEqual([]);
    expect((await read()).ids).toEqual([]);
    await expect(
      appendHistory(world.process().client, SESSION, [{ role: 'user', content: 'hi' }]),
    ).rejects.toMatchObject({ code: 'session-deleted' });
  });

  it('ends with the reason of its signal, also while it waits', async () => {
    const { world, read } = await grown();
    await world.dyingCommit(SESSION);
    const aborted = AbortSignal.abort(new Error('no longer wanted'));
    await expect(read({ signal: aborted })).rejects.toThrow('no longer wanted');
    const controller = new AbortController();
    const clock = {
      now: () => 0,
      async sleep(_ms: number, signal?: AbortSignal) {
        controller.abort(new Error('no longer wanted'));
        signal?.throwIfAborted();
      },
    };
    await expect(read({ clock, signal: controller.signal })).rejects.toThrow('no longer wanted');
  });
});

describe('ensureSession', () => {
  it('creates a session with settings, and leaves one that is there as it is', async () => {
    const { client } = (await adapterWorld()).process();
    await ensureSession(client, SESSION, { title: 'Tea' });
    await ensureSession(client, SESSION, { title: 'Coffee' });
    expect(await client.getSession(SESSION)).toMatchObject({ title: 'Tea', live: [] });
  });
});

describe('appendHistory', () => {
  it('creates the session with the settings that it is given, and leaves one that is there as it is', async () => {
    const world = await adapterWorld();
    const { client } = world.process();
    const append = (id: string, title: string) =>
      appendHistory(client, SESSION, [{ id, role: 'user', content: id }], { settings: { title } });
    expect(await append('m1', 'Tea')).toEqual(['m1']);
    await append('m2', 'Coffee');
    expect(await client.getSession(SESSION)).toMatchObject({
      title: 'Tea',
      live: [{ id: 'm1' }, { id: 'm2' }],
    });
  });

  it('gives ids to messages without, where others have some, and returns all of them', async () => {
    const { client } = (await adapterWorld()).process();
    const messages = [
      { id: 'm1', role: 'user', content: 'a' },
      { role: 'user', content: 'b' },
    ] as const;
    const options: AppendHistoryOptions = { newId: () => 'made' };
    const ids = await appendHistory(client, SESSION, messages, options);
    expect(ids).toEqual(['m1', 'made']);
    expect((await readHistory(client, SESSION)).map(({ id }) => id)).toEqual(ids);
  });

  it('fills appends up to their bounds of messages and bytes, and no further', async () => {
    const world = await adapterWorld();
    const started = world.process();
    await started.client.createSession(SESSION);
    const of = (count: number, size: number, prefix: string) =>
      Array.from({ length: count }, (_, index) => ({
        id: `${prefix}${index}`,
        role: 'user' as const,
        content: '🙂'.repeat(size / 4),
      }));
    await appendHistory(started.client, SESSION, of(200, 8, 'small'));
    expect(started.requests).toBe(1 + 2);
    await appendHistory(started.client, SESSION, of(5, 100_000, 'large'));
    expect(started.requests).toBe(1 + 2 + 3);
    const tooLarge = appendHistory(started.client, SESSION, of(1, 300_000, 'huge'));
    await expect(tooLarge).rejects.toMatchObject({ code: 'append-too-large' });
  });

  it('refuses another message under the id of one that is stored', async () => {
    const { client } = (await adapterWorld()).process();
    await appendHistory(client, SESSION, [{ id: 'm1', role: 'user', content: 'a' }]);
    const other = appendHistory(client, SESSION, [{ id: 'm1', role: 'user', content: 'b' }]);
    await expect(other).rejects.toMatchObject({ code: 'idempotency-key-reused', status: 422 });
  });

  it('sends nothing where there is nothing to append', async () => {
    const started = (await adapterWorld()).process();
    expect(await appendHistory(started.client, SESSION, [])).toEqual([]);
    expect(started.requests).toBe(0);
  });
});
