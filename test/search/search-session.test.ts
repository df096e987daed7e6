import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { wrapPort } from '../../lib/port/index.ts';
import { searchSession } from '../../lib/search/index.ts';
import { SessionNotFoundError } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { withSmallPages } from '../support/small-pages.ts';
import { textOf } from '../support/text-of.ts';

const signal = new AbortController().signal;
const LARGE = 200_000;

let world: Awaited<ReturnType<typeof commitWorld>>;
beforeEach(async () => {
  world = await commitWorld();
});

type Options = Partial<Parameters<typeof searchSession>[1]>;
type Store = Parameters<typeof searchSession>[0]['store'];

const search = (
  query: string,
  options: Options = {},
  { of = key, store }: { of?: typeof key; store?: Store } = {},
) =>
  searchSession(
    { store: store ?? world.store, key: of, patience: world.context.lease },
    { query, limit: 10, signal, ...options },
  );

async function find(query: string, options: Options = {}): Promise<string[]> {
  return (await search(query, options)).hits.map(({ message }) => textOf(message));
}

/** A store that notes what it is asked. */
function recording(store: Store) {
  const methods: string[] = [];
  const noting = wrapPort(store, (go, method) => {
    methods.push(method);
    return go();
  });
  return { store: noting, methods };
}

const commit = (id: string, keepRecent = 0) =>
  commitSession(world.context, world.message(id, { keepRecent }), signal);

describe('a search in a session', () => {
  it('finds archived, archiving and live messages, and says where they are', async () => {
    await world.append('the red boat sank');
    await commit('c1');
    await world.append('a blue boat floats');
    const { store } = world;
    const seal = { archive: 2, from: 2, to: 2, commitId: 'c2', sealedAtMs: 0 };
    await world.append('my green boat is old');
    const sealing: Store = {
      ...store,
      async readMeta(of) {
        const meta = await store.readMeta(of);
        return meta && { ...meta, committedThrough: 2, archiveCount: 2, sealed: seal };
      },
    };
    const { hits } = await search('boats', {}, { store: sealing });
    const places = hits.map(({ place, position }) => [place.state, position]);
    expect(places.sort()).toEqual([
      ['archived', 1],
      ['archiving', 2],
      ['live', 3],
    ]);
  });

  it('knows who speaks, and tells a message by its neighbours', async () => {
    await world.append('What did you buy at the harbour?', {
      role: 'assistant',
      metadata: { name: 'Marit' },
    });
    await world.append('Fish and bread.', { metadata: { name: 'Josefine' } });
    for (const text of ['fine', 'good', 'great', 'Well.', 'Indeed.'])
      await world.append(text, { metadata: { name: 'Joe' } });
    expect((await find('What did Josefine buy at the harbour?')).slice(0, 2)).toContain('Fish and bread.');
    expect((await find('Marit'))[0]).toContain('harbour');
  });

  it('ends at its bound, and goes on from there without finding anything twice', async () => {
    for (let index = 0; index < 30; index += 1)
      await world.append(`needle ${index} ${'hay '.repeat(LARGE / 4)}`);
    await commit('c1');
    const positions: number[] = [];
    let before: number | undefined;
    let searches = 0;
    do {
      const { hits, nextBefore } = await search('needle', {
        limit: 100,
        ...(before !== undefined && { before }),
      });
      positions.push(...hits.map(({ position }) => position));
      expect(nextBefore ?? 0).toBeLessThan(before ?? Number.POSITIVE_INFINITY);
      before = nextBefore;
      searches += 1;
    } while (before !== undefined && searches < 10);
    expect(searches).toBeGreaterThan(1);
    expect(positions.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('reads many small archives in one request, and finds what is in the oldest', async () => {
    await world.append('the needle');
    await commit('c0');
    for (let index = 1; index < 200; index += 1) {
      await world.append(`hay ${index}`);
      await commit(`c${index}`);
    }
    const { store, methods } = recording(world.store);
    const { hits, nextBefore } = await search('needle', {}, { store });
    expect(hits[0]).toMatchObject({ position: 1, place: { state: 'archived', archive: 1 } });
    expect(nextBefore).toBeUndefined();
    expect(methods).toEqual(['readMeta', 'readArchives']);
  });

  it('goes on inside a large archive, and finds each message once', async () => {
    for (let index = 1; index <= 12; index += 1) {
      await world.append(`needle ${index} ${randomBytes(100_000).toString('base64')}`);
    }
    await commit('c1');
    await world.append('needle 13');
    await commit('c2');
    const { store, methods } = recording(world.store);
    const { hits, nextBefore } = await search('needle', { limit: 100 }, { store });
    expect(hits.map(({ position }) => position).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 13 }, (_, index) => index + 1),
    );
    expect(nextBefore).toBeUndefined();
    // A page that ends inside the archive takes its manifest, once.
    expect(methods).toEqual(['readMeta', 'readArchives', 'readManifests', 'readArchives']);
  });

  it('ends after forty reads, whatever little text they have', async () => {
    for (let index = 1; index <= 50; index += 1) {
      await world.append(`needle ${index}`);
      await commit(`c${index}`);
    }
    const store = withSmallPages(world.store);
    const { hits, nextBefore = 0 } = await search('needle', { limit: 200 }, { store });
    expect(hits).toHaveLength(40);
    expect(nextBefore).toBe(11);
    const rest = await search('needle', { limit: 200, before: nextBefore });
    expect(rest.hits).toHaveLength(10);
    expect(rest.nextBefore).toBeUndefined();
  });

  it('ends after ten seconds, and gives what was found until then', async () => {
    for (let index = 1; index <= 6; index += 1) {
      for (let part = 0; part < 5; part += 1) {
        await world.append(`needle ${randomBytes(90_000).toString('base64')}`);
      }
      await commit(`c${index}`);
    }
    let nowMs = 0;
    const clock = { ...world.context.lease.clock, now: () => nowMs };
    const { store } = world;
    const slow: Store = {
      ...store,
      async readArchives(...args: Parameters<typeof store.readArchives>) {
        nowMs += 6_000;
        return store.readArchives(...args);
      },
    };
    const source = { store: slow, key, patience: { ...world.context.lease, clock } };
    const { hits, nextBefore = 0 } = await searchSession(source, { query: 'needle', limit: 100, signal });
    expect(nextBefore).toBeGreaterThan(1);
    expect(hits.map(({ position }) => position).sort((a, b) => a - b)[0]).toBe(nextBefore);
  });

  it('says that the session is gone when it is deleted meanwhile', async () => {
    await world.append('a needle');
    await commit('c1');
    const { store } = world;
    const deleting: Store = {
      ...store,
      async readArchives(of, through) {
        const { fence } = await store.claim(of);
        await store.markDeleted(of, fence, { deletedAtMs: 0, liveFrom: 2 });
        await store.removeItems(of, await store.listItems(of, { limit: 100 }), 1);
        return store.readArchives(of, through);
      },
    };
    await expect(search('needle', {}, { store: deleting })).rejects.toThrow(SessionNotFoundError);
  });

  it('says so where a chunk is missing', async () => {
    for (let index = 1; index <= 3; index += 1) {
      await world.append(`needle ${index}`);
      await commit(`c${index}`);
    }
    world.store.sessions.get(`${key.tenant}/${key.session}`)?.chunks.delete('2/0');
    await expect(search('needle')).rejects.toThrow('chunk 0 of archive 2 is missing');
  });

  it('looks only before a position, inside an archive as well', async () => {
    for (let index = 1; index <= 6; index += 1) await world.append(`needle ${index}`);
    await commit('c1', 2);
    const positions = async (before: number) =>
      (await search('needle', { before })).hits.map(({ position }) => position).sort();
    expect(await positions(3)).toEqual([1, 2]);
    expect(await positions(6)).toEqual([1, 2, 3, 4, 5]);
    expect(await positions(1)).toEqual([]);
  });

  it('begins again when a commit moves messages meanwhile', async () => {
    await world.append('an old needle');
    await commit('c0');
    for (const text of ['a needle', 'another needle']) await world.append(text);
    const { store } = world;
    let moved = false;
    const overtaken: Store = {
      ...store,
      async readRange(...args: Parameters<typeof store.readRange>) {
        if (!moved) {
          moved = true;
          await commit('c1');
        }
        return store.readRange(...args);
      },
    };
    const { hits } = await search('needle', {}, { store: overtaken });
    expect(moved).toBe(true);
    expect(hits.map(({ position, place }) => [position, place.state]).sort()).toEqual([
      [1, 'archived'],
      [2, 'archived'],
      [3, 'archived'],
    ]);
  });

  it('never finds what another session, or another tenant, says', async () => {
    const others = [
      { tenant: 'acme', session: 'other' },
      { tenant: 'rival', session: key.session },
    ];
    await world.append('my needle');
    for (const other of others) {
      await world.store.createSession(other, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
      expect((await search('needle', {}, { of: other })).hits).toEqual([]);
    }
    await commit('c1');
    for (const other of others) expect((await search('needle', {}, { of: other })).hits).toEqual([]);
    expect(await find('needle')).toEqual(['my needle']);
  });

  it('is refused where there is no session, and stops when it is told to', async () => {
    const missing = { tenant: 'acme', session: 'missing' };
    await expect(search('needle', {}, { of: missing })).rejects.toThrow(SessionNotFoundError);
    await world.append('needle');
    const reason = new Error('enough');
    await expect(search('needle', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('stops inside what one read gave, when it is told to meanwhile', async () => {
    for (let index = 0; index < 20; index += 1) await world.append('needle '.repeat(7_000));
    const told = new AbortController();
    const reason = new Error('enough');
    const { store } = world;
    const reading: Store = {
      ...store,
      async readRange(...args: Parameters<typeof store.readRange>) {
        setImmediate(() => told.abort(reason));
        return store.readRange(...args);
      },
    };
    await expect(search('needle', { signal: told.signal }, { store: reading })).rejects.toBe(reason);
  });

  it('finds what stands in the middle of a long message, and shows it', async () => {
    await world.append(`${'hay '.repeat(20_000)}a needle ${'hay '.repeat(40_000)}`);
    const { hits } = await search('needle');
    expect(hits[0]?.snippet).toContain('a needle');
  });

  it('shows the near part of a message on one line, though its text is hostile', async () => {
    await world.append(`${'\u001b[31m hay\n'.repeat(3_000)} the needle ${'( '.repeat(20_000)}`);
    await world.append('𝒳'.repeat(20_000));
    const { hits } = await search(
      `needle ${'a'.repeat(100_000)} ${'\u0301'.repeat(5_000)} ${'(a+)+ '.repeat(5_000)}`,
    );
    expect(hits[0]?.snippet).toContain('the needle');
    expect(hits[0]?.snippet).not.toMatch(/\p{Cc}/u);
    expect(hits[0]?.snippet.length).toBeLessThanOrEqual(300);
  });
});
