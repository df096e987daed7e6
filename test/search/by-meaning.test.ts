import { beforeEach, describe, expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { type Embedder, EmbeddingUnavailableError, type VectorStore } from '../../lib/embedding/index.ts';
import { embedMemories, embedMessages, pausingEmbedder } from '../../lib/meaning/index.ts';
import type { Memory, ScopeKey } from '../../lib/memory/index.ts';
import { type Meaning, type SearchEvent, searchMemories, searchSession } from '../../lib/search/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { inProcessMemoryStore, inProcessVectorStore, StoreUnavailableError } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { meaningEmbedder } from '../support/meaning-embedder.ts';
import { withSmallPages } from '../support/small-pages.ts';
import { textOf } from '../support/text-of.ts';

const signal = new AbortController().signal;
const scope = { tenant: 'acme', scope: 'ann' };
const hangs: Embedder['embed'] = () => new Promise(() => undefined);

async function setUp() {
  const world = await commitWorld();
  const { store, clock, context } = world;
  const memories = inProcessMemoryStore(store.sessions);
  const embedder = meaningEmbedder();
  const vectors = inProcessVectorStore(store.sessions, memories.scopes);
  const embedding = { embedder, vectors };
  const events: SearchEvent[] = [];
  const meaning: Meaning = {
    embedding,
    patience: context.lease,
    onEvent: (event) => events.push(event),
  };
  return {
    ...world,
    memories,
    embedding,
    vectors,
    embedder,
    meaning,
    events,
    /** One archive of these messages, with vectors. */
    async archive(archive: number, texts: readonly string[], of: SessionKey = key) {
      for (const content of texts) await appendMessages(world.log, of, [{ role: 'user', content }]);
      await commitSession(context, { ...world.message(`c-${archive}`), ...of }, signal);
      const manifest = await store.readManifest(of, archive);
      if (manifest) await embedMessages({ store, embedding, signal }, of, manifest);
    },
    async remember(name: string, text: string | undefined, of: ScopeKey = scope, more: Partial<Memory> = {}) {
      const memory = memoryOf(name, text, more);
      const before = (await memories.readMemories(of, [memory])).memories[0]?.revision;
      await memories.change(of, { memories: [{ subject: memory, before, after: memory }] });
      if (text !== undefined) await embedMemories({ embedding, signal }, of, [{ ...memory, text }]);
    },
    messages: (query: string, options: Partial<Parameters<typeof searchSession>[1]> = {}, of = key) =>
      clock.runUntil(
        searchSession(
          { store: withSmallPages(store), key: of, patience: context.lease },
          { query, limit: 10, meaning, signal, ...options },
        ),
      ),
    memoriesNear: (
      query: string,
      options: Partial<Parameters<typeof searchMemories>[2]> = {},
      of: ScopeKey = scope,
    ) =>
      clock.runUntil(searchMemories(memories, of, { query, limit: 10, meaning, clock, signal, ...options })),
  };
}

let revisions = 0;
function memoryOf(name: string, text: string | undefined, more: Partial<Memory>): Memory {
  const at = Date.parse('2024-03-01');
  revisions += 1;
  return {
    category: 'event',
    key: name,
    ...(text !== undefined && { text }),
    confidence: 1,
    firstSeenAtMs: at,
    lastSeenAtMs: at,
    saidAtMs: at,
    by: { kind: 'archive', session: 'chat', archive: 1, messageId: 'm1', model: 'offline' },
    revision: `r${revisions}`,
    ...more,
  };
}

let world: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => {
  world = await setUp();
});

const textsOf = ({ hits }: Awaited<ReturnType<typeof world.messages>>) =>
  hits.map(({ message }) => textOf(message));
const keysOf = ({ hits }: Awaited<ReturnType<typeof world.memoriesNear>>) =>
  hits.map(({ memory }) => memory.key);

describe('a search of messages with an embedder', () => {
  it('finds what shares no word with the query, and says how, where and what', async () => {
    await world.archive(1, ['We acquired an automobile.', 'It rains.']);
    await world.append('live words');
    const found = await world.messages('bought vehicle');
    expect(found.ranking).toBe('words-and-meaning');
    expect(found.hits).toMatchObject([
      { position: 1, place: { state: 'archived', archive: 1 }, snippet: 'We acquired an automobile.' },
    ]);
    expect(found.hits[0]?.score).toBeCloseTo(1 / 11);
    expect(world.events).toEqual([]);
  });

  it('puts what both rankings have first, and gives each message once', async () => {
    await world.archive(1, ['A puppy barks.', 'My dog barks at night.', 'A cat sleeps.', 'Night falls.']);
    const texts = textsOf(await world.messages('dog barks night'));
    expect(texts[0]).toBe('My dog barks at night.');
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toContain('A puppy barks.');
  });

  it('shows the beginning of a long message that only the meaning finds', async () => {
    await world.archive(1, [`The automobile. ${'hay '.repeat(500)}`]);
    const [hit] = (await world.messages('vehicle')).hits;
    expect(hit?.snippet).toMatch(/^The automobile\. hay .* …$/);
  });

  it('tells messages of one append apart', async () => {
    await appendMessages(world.log, key, [
      { role: 'user', content: 'It rains.' },
      { role: 'user', content: 'The automobile.' },
    ]);
    await world.archive(1, []);
    expect(textsOf(await world.messages('vehicle'))).toEqual(['The automobile.']);
  });

  it('finds by words what is live, which has no vector yet', async () => {
    await world.archive(1, ['The automobile.']);
    await world.append('a car');
    expect(textsOf(await world.messages('car')).sort()).toEqual(['The automobile.', 'a car']);
  });

  it('goes on by words: what the meaning alone has found does not come again', async () => {
    const textOfArchive = (archive: number) => {
      if (archive === 1) return 'The automobile.';
      return archive < 5 ? 'hay' : `needle ${archive}`;
    };
    for (let archive = 1; archive <= 45; archive += 1) await world.archive(archive, [textOfArchive(archive)]);
    const first = await world.messages('needle vehicle', { limit: 100 });
    expect(textsOf(first)).toContain('The automobile.');
    const { nextBefore = 0 } = first;
    expect(nextBefore).toBeGreaterThan(5);
    const second = await world.messages('needle vehicle', { limit: 100, before: nextBefore });
    expect(second.ranking).toBe('words');
    expect(second.hits.length).toBeGreaterThan(0);
    expect(textsOf(second)).not.toContain('The automobile.');
  });

  it('reads no more than one by words: twenty of forty reads are for what only the meaning finds', async () => {
    for (let archive = 1; archive <= 70; archive += 1) {
      await world.archive(archive, [archive <= 30 ? `automobile ${archive}` : `needle ${archive}`]);
    }
    let reads = 0;
    const { store } = world;
    const counting: typeof store = {
      ...store,
      readChunk(...place) {
        reads += 1;
        return store.readChunk(...place);
      },
      readArchives(...page) {
        reads += 1;
        return store.readArchives(...page);
      },
    };
    const source = { store: withSmallPages(counting), key, patience: world.context.lease };
    const options = { query: 'needle vehicle', limit: 100, meaning: world.meaning, signal };
    const { hits, nextBefore } = await searchSession(source, options);
    expect(reads).toBe(40);
    expect(nextBefore).toBe(51);
    expect(hits.filter(({ position }) => position < 51)).toHaveLength(20);
  });

  it('leaves out what a deletion has taken, though the index still has it', async () => {
    await world.archive(1, ['The automobile.']);
    const stale: VectorStore = {
      ...world.vectors,
      nearMessages: async () => [
        { archive: 1, position: 1, index: 0, distance: 0 },
        { archive: 1, position: 1, index: 7, distance: 0 },
        { archive: 1, position: 9, index: 0, distance: 0 },
        { archive: 9, position: 1, index: 0, distance: 0 },
      ],
    };
    const meaning = { ...world.meaning, embedding: { ...world.embedding, vectors: stale } };
    expect(textsOf(await world.messages('vehicle', { meaning }))).toEqual(['The automobile.']);
  });
});

describe('a search of memories with an embedder', () => {
  it('finds what shares no word with the query', async () => {
    await world.remember('ride', 'Ann acquired an automobile.');
    await world.remember('rain', 'It rains.');
    const found = await world.memoriesNear('bought vehicle');
    expect(found.ranking).toBe('words-and-meaning');
    expect(found.hits).toMatchObject([{ memory: { key: 'ride', text: 'Ann acquired an automobile.' } }]);
  });

  it('finds what lies behind the pages that words have read, and goes on by words', async () => {
    const filler = Array.from({ length: 1_500 }, (_, index) =>
      memoryOf(`boat-${1_000 + index}`, 'A boat.', {}),
    );
    for (const memory of filler) {
      await world.memories.change(scope, { memories: [{ subject: memory, after: memory }] });
    }
    await world.remember('zz', 'The automobile.');
    const first = await world.memoriesNear('boat vehicle', { maxReads: 1, limit: 5 });
    expect(keysOf(first)).toContain('zz');
    const { nextAfter = '' } = first;
    const second = await world.memoriesNear('boat vehicle', { after: nextAfter, limit: 100 });
    expect(second.ranking).toBe('words');
    expect(keysOf(second)).not.toContain('zz');
  });

  it('gives a memory as it is now, and none that was taken back or has gone', async () => {
    await world.remember('ride', 'Ann has an automobile.');
    await world.remember('gone', 'Ann has an automobile, too.');
    await world.remember('kept', 'An automobile of others.');
    await world.remember('gone', undefined);
    const near = await world.vectors.nearMemories(scope, world.embedder, [1], 10);
    expect(near.length).toBeGreaterThan(0);
    const stale: VectorStore = {
      ...world.vectors,
      nearMemories: async () =>
        ['ride', 'gone', 'never', 'kept'].map((name) => ({ category: 'event', key: name, distance: 0 })),
    };
    const meaning = { ...world.meaning, embedding: { ...world.embedding, vectors: stale } };
    expect(keysOf(await world.memoriesNear('vehicle', { meaning }))).toEqual(['ride', 'kept']);
  });

  it('keeps to the category that was asked for', async () => {
    await world.remember('ride', 'Ann has an automobile.');
    await world.remember('name', 'Ann’s automobile.', scope, { category: 'profile' });
    expect(keysOf(await world.memoriesNear('vehicle', { category: 'profile' }))).toEqual(['name']);
  });

  it('reads only what it gives', async () => {
    for (let index = 0; index < 30; index += 1) await world.remember(`ride-${index}`, 'An automobile.');
    const asked: number[] = [];
    const { memories } = world;
    const counting: typeof memories = {
      ...memories,
      readMemories(of, subjects) {
        asked.push(subjects.length);
        return memories.readMemories(of, subjects);
      },
    };
    const options = { query: 'vehicle', limit: 7, meaning: world.meaning, clock: world.clock, signal };
    expect((await searchMemories(counting, scope, options)).hits).toHaveLength(7);
    expect(asked).toEqual([7]);
  });
});

describe('what is found by meaning', () => {
  it('is never of another session or tenant, whose names begin alike', async () => {
    const others = [
      { tenant: 'acme', session: 'chat-2' },
      { tenant: 'acme', session: 'cha' },
      { tenant: 'acme2', session: 'chat' },
      { tenant: 'acm', session: 'chat' },
    ];
    for (const other of others) {
      await world.store.createSession(other, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
    }
    await world.append('It rains.');
    await world.archive(1, ['The automobile.']);
    for (const other of others) {
      const found = await world.messages('vehicle', {}, other);
      expect(found).toMatchObject({ hits: [], ranking: 'words-and-meaning' });
    }
    expect(textsOf(await world.messages('vehicle'))).toEqual(['The automobile.']);
  });

  it('is never of another scope or tenant, whose names begin alike', async () => {
    await world.remember('ride', 'The automobile.');
    for (const other of [
      { tenant: 'acme', scope: 'anna' },
      { tenant: 'acme', scope: 'an' },
      { tenant: 'acme2', scope: 'ann' },
      { tenant: 'acm', scope: 'ann' },
    ]) {
      await world.remember('rain', 'It rains.', other);
      expect(keysOf(await world.memoriesNear('vehicle', {}, other))).toEqual([]);
    }
    expect(keysOf(await world.memoriesNear('vehicle'))).toEqual(['ride']);
  });

  it('is nothing that another embedder has embedded', async () => {
    await world.archive(1, ['The automobile.']);
    await world.remember('ride', 'The automobile.');
    const embedder = meaningEmbedder(256, 'test:other');
    const meaning = { ...world.meaning, embedding: { ...world.embedding, embedder } };
    expect(await world.messages('vehicle', { meaning })).toMatchObject({ hits: [] });
    expect(await world.memoriesNear('vehicle', { meaning })).toMatchObject({ hits: [] });
  });
});

describe('an answer by words', () => {
  const both = async (meaning: Meaning) => {
    await world.archive(1, ['The car.', 'It rains.', 'The automobile.']);
    await world.remember('ride', 'The car.');
    await world.remember('other', 'The automobile.');
    const messages = await world.messages('car', { meaning });
    const memories = await world.memoriesNear('car', { meaning });
    expect([messages.ranking, memories.ranking]).toEqual(['words', 'words']);
    expect(textsOf(messages)[0]).toBe('The car.');
    expect(textsOf(messages)).toEqual(textsOf(await world.messages('car', { meaning: undefined })));
    expect(keysOf(memories)).toEqual(['ride']);
  };

  it('is given after 2 s where the embedder hangs, and at once for a minute from then on', async () => {
    const hanging = { ...world.embedder, embed: hangs };
    const embedder = pausingEmbedder(hanging, world.clock);
    const startedAtMs = world.clock.now();
    await both({ ...world.meaning, embedding: { ...world.embedding, embedder } });
    expect(world.clock.now() - startedAtMs).toBe(2_000);
    expect(world.events).toMatchObject([
      { type: 'search.by-words-alone', tenant: 'acme', durationMs: 2_000 },
      { durationMs: 0, error: { message: expect.stringContaining('not asked again for 60 s') } },
    ]);
  });

  it('is given where the embedder fails, and says why in an event', async () => {
    const error = new EmbeddingUnavailableError('There are too many requests.');
    const embedder = { ...world.embedder, embed: () => Promise.reject(error) };
    await both({ ...world.meaning, embedding: { ...world.embedding, embedder } });
    expect(world.events).toMatchObject([{ error }, { error }]);
  });

  it('is given where the index fails or hangs', async () => {
    const error = new StoreUnavailableError('near', new Error('down'));
    const vectors: VectorStore = {
      ...world.vectors,
      nearMessages: () => new Promise(() => undefined),
      nearMemories: () => Promise.reject(error),
    };
    await both({ ...world.meaning, embedding: { ...world.embedding, vectors } });
    expect(world.events).toMatchObject([{ error: { code: 'embedding-unavailable' } }, { error }]);
  });

  it('is not given where the request has ended: its reason is', async () => {
    await world.archive(1, ['The car.']);
    const stop = new AbortController();
    const reason = new Error('enough');
    const embedder: Embedder = { ...world.embedder, embed: () => new Promise(() => stop.abort(reason)) };
    const meaning = { ...world.meaning, embedding: { ...world.embedding, embedder } };
    const ending = { meaning, signal: stop.signal };
    await expect(world.messages('car', ending)).rejects.toBe(reason);
    await expect(world.memoriesNear('car', ending)).rejects.toBe(reason);
    expect(world.events).toEqual([]);
  });
});
