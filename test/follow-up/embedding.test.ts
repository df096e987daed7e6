import { describe, expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { deleteSession } from '../../lib/deletion/index.ts';
import {
  type Embedder,
  type EmbeddingPurpose,
  EmbeddingRefusedError,
  EmbeddingUnavailableError,
  type VectorStore,
} from '../../lib/embedding/index.ts';
import { type FollowUpContext, type FollowUpEvent, followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { pausingEmbedder } from '../../lib/meaning/index.ts';
import { builtInCategories } from '../../lib/memory/index.ts';
import type { Model } from '../../lib/model/index.ts';
import { inProcessMemoryStore, inProcessVectorStore, StoreUnavailableError } from '../../lib/store/index.ts';
import { commitWorld, key, policy } from '../support/commit-world.ts';
import { meaningEmbedder } from '../support/meaning-embedder.ts';
import { textOf } from '../support/text-of.ts';

const forever = new AbortController().signal;
const scope = { tenant: 'acme', scope: 'ann' };

/** Remembers each message as it is, under a key of its first word. */
const remembering = (said: (text: string) => string = (text) => text): Model => ({
  name: 'remembering',
  summarise: async () => ({ value: 'A summary.' }),
  extract: async ({ messages }) => ({
    value: {
      memories: messages.map((message) => ({
        category: 'event' as const,
        key: textOf(message).split(' ', 1).join('').toLowerCase(),
        text: said(textOf(message)),
        confidence: 1,
        messageId: message.id,
      })),
      rejected: [],
    },
  }),
});

async function setUp() {
  const world = await commitWorld();
  await world.store.updateSettings(key, { memoryCategories: builtInCategories });
  const memories = inProcessMemoryStore(world.store.sessions);
  const vectors = inProcessVectorStore(world.store.sessions, memories.scopes);
  const events: FollowUpEvent[] = [];
  const context: FollowUpContext = {
    store: world.store,
    memories,
    model: remembering(),
    fallback: remembering(),
    lease: world.context.lease,
    limits: defaultLimits,
    owner: 'worker-1',
    onEvent: (event) => events.push(event),
  };
  const embedder = meaningEmbedder();
  return {
    ...world,
    memories,
    vectors,
    embedder,
    context,
    events,
    withEmbedding: { ...context, embedding: { embedder, vectors } },
    async archive(number: number, ...texts: string[]) {
      for (const text of texts) await world.append(text);
      await commitSession(world.context, world.message(`c-${number}`), forever);
      return { ...key, archive: number, commitId: `c-${number}` };
    },
    embeddingOf: async (archive: number) =>
      (await world.store.readManifest(key, archive))?.followUp.embedding,
    stateOf: async (archive: number) => (await world.store.readManifest(key, archive))?.followUp.state,
    async found(query: string, by: Embedder = embedder) {
      const [vector = []] = await by.embed([query], { purpose: 'query', signal: forever });
      const near = <T extends { readonly distance: number }>(all: readonly T[]) =>
        all.filter(({ distance }) => distance < 0.5);
      return {
        messages: near(await vectors.nearMessages(key, by, vector, 10)).map(({ position }) => position),
        memories: near(await vectors.nearMemories(scope, by, vector, 10)).map((one) => one.key),
      };
    },
    notEmbedded: () => events.flatMap((event) => (event.type === 'follow-up.not-embedded' ? [event] : [])),
  };
}

const embedding = (embedder: Embedder, embed: Embedder['embed']): Embedder => ({ ...embedder, embed });
const hangs: Embedder['embed'] = () => new Promise(() => undefined);

describe('a follow-up with an embedder', () => {
  it('embeds messages and memories, and records and reports it, once', async () => {
    const { withEmbedding, archive, embeddingOf, found, events, clock } = await setUp();
    const message = await archive(1, 'car', 'weather');
    expect(await followUpArchive(withEmbedding, message, forever)).toBe(true);
    expect(await embeddingOf(1)).toEqual({
      outcome: 'done',
      atMs: clock.now(),
      by: 'test:meaning@256',
      messages: 2,
    });
    expect(await found('automobile')).toEqual({ messages: [1], memories: ['car'] });
    const embedded = { type: 'follow-up.embedded', archive: 1, messages: 2, memories: 2, durationMs: 0 };
    expect(events.at(-1)).toMatchObject(embedded);
    await followUpArchive(withEmbedding, message, forever);
    expect(events.filter(({ type }) => type === 'follow-up.embedded')).toHaveLength(1);
  });

  it('makes the very same requests as before where there is none', async () => {
    const { context, archive, embeddingOf, events } = await setUp();
    await followUpArchive(context, await archive(1, 'car'), forever);
    expect(await embeddingOf(1)).toBeUndefined();
    expect(events.at(-1)?.type).toBe('follow-up.completed');
  });

  it('embeds again what another embedder has done, and meets none of the other’s vectors', async () => {
    const { withEmbedding, vectors, archive, embeddingOf, found } = await setUp();
    const message = await archive(1, 'car');
    await followUpArchive(withEmbedding, message, forever);
    const other = meaningEmbedder(256, 'test:other');
    expect(await found('automobile', other)).toEqual({ messages: [], memories: [] });
    await followUpArchive({ ...withEmbedding, embedding: { embedder: other, vectors } }, message, forever);
    expect(await embeddingOf(1)).toMatchObject({ by: 'test:other@256' });
    expect(await found('automobile', other)).toEqual({ messages: [1], memories: ['car'] });
  });

  it('embeds a memory again that a later archive changes', async () => {
    const { withEmbedding, archive, found } = await setUp();
    await followUpArchive(withEmbedding, await archive(1, 'thing is a film'), forever);
    expect((await found('thing movie')).memories).toEqual(['thing']);
    await followUpArchive(withEmbedding, await archive(2, 'thing is a dog'), forever);
    expect((await found('thing puppy')).memories).toEqual(['thing']);
    expect((await found('movie')).memories).toEqual([]);
  });

  it('embeds the memories once more after another extraction, also of what it says no more', async () => {
    const { withEmbedding, archive, found, memories } = await setUp();
    const first = await archive(1, 'thing is a film');
    await followUpArchive(withEmbedding, first, forever);
    const second = await archive(2, 'thing is a dog');
    await followUpArchive(withEmbedding, second, forever);
    const silent: Model = {
      ...remembering(),
      extract: async () => ({ value: { memories: [], rejected: [] } }),
    };
    const again = { ...second, again: { id: 'again-1', mode: 'find-and-merge' as const } };
    await followUpArchive({ ...withEmbedding, model: silent }, again, forever);
    const [left] = (await memories.listMemories(scope, {})).memories;
    expect(left?.text).toBe('thing is a film');
    expect((await found('thing movie')).memories).toEqual(['thing']);
  });
});

describe('a follow-up whose embedder', () => {
  it('hangs ends after 20 s, completed, and says why it is skipped', async () => {
    const { withEmbedding, vectors, embedder, archive, clock, embeddingOf, stateOf, notEmbedded } =
      await setUp();
    const message = await archive(1, 'car');
    const startedAtMs = clock.now();
    const hanging = { ...withEmbedding, embedding: { embedder: embedding(embedder, hangs), vectors } };
    expect(await clock.runUntil(followUpArchive(hanging, message, forever))).toBe(true);
    expect(clock.now() - startedAtMs).toBe(20_000);
    expect(await stateOf(1)).toBe('completed');
    const reason = 'Embedding the archive did not end within 20000 ms.';
    expect(await embeddingOf(1)).toEqual({ outcome: 'skipped', atMs: clock.now(), reason });
    expect(notEmbedded()).toMatchObject([{ archive: 1, durationMs: 20_000, error: { message: reason } }]);
    await followUpArchive(withEmbedding, message, forever);
    expect(await embeddingOf(1)).toMatchObject({ outcome: 'done', messages: 1 });
  });

  it('hangs holds up one follow-up a minute', async () => {
    const { withEmbedding, vectors, embedder, archive, clock, embeddingOf } = await setUp();
    let calls = 0;
    const counting = embedding(embedder, (...args) => {
      calls += 1;
      return hangs(...args);
    });
    const dead = { ...withEmbedding, embedding: { embedder: pausingEmbedder(counting, clock), vectors } };
    const startedAtMs = clock.now();
    for (const number of [1, 2, 3]) {
      const message = await archive(number, `car ${number}`);
      await clock.runUntil(followUpArchive(dead, message, forever));
    }
    expect(clock.now() - startedAtMs).toBe(20_000);
    expect(calls).toBe(1);
    const reason = expect.stringContaining('not asked again for 60 s');
    expect(await embeddingOf(3)).toMatchObject({ outcome: 'skipped', reason });
    await clock.advance(60_000);
    await clock.runUntil(followUpArchive(dead, await archive(4, 'car 4'), forever));
    expect(calls).toBe(2);
  });

  it.each([
    new EmbeddingUnavailableError('There are too many requests.'),
    new EmbeddingRefusedError('There is no such model.'),
    new TypeError('of somebody else'),
  ])('fails is completed all the same: $name', async (error) => {
    const { withEmbedding, vectors, embedder, archive, embeddingOf, stateOf, notEmbedded } = await setUp();
    const failing = embedding(embedder, () => Promise.reject(error));
    const context = { ...withEmbedding, embedding: { embedder: failing, vectors } };
    expect(await followUpArchive(context, await archive(1, 'car'), forever)).toBe(true);
    expect(await stateOf(1)).toBe('completed');
    expect(await embeddingOf(1)).toMatchObject({ outcome: 'skipped', reason: error.message });
    expect(notEmbedded()).toMatchObject([{ error }]);
  });

  it.each(['putMessageVectors', 'putMemoryVector', 'recordEmbedding'] as const)(
    'is well, and whose database refuses %s, is completed all the same',
    async (method) => {
      const { withEmbedding, vectors, embedder, archive, stateOf, notEmbedded } = await setUp();
      const error = new StoreUnavailableError(method, new Error('down'));
      const broken: VectorStore = { ...vectors, [method]: () => Promise.reject(error) };
      const context = { ...withEmbedding, embedding: { embedder, vectors: broken } };
      expect(await followUpArchive(context, await archive(1, 'car'), forever)).toBe(true);
      expect(await stateOf(1)).toBe('completed');
      expect(notEmbedded()[0]).toMatchObject({ error });
    },
  );

  it('is interrupted by the end of the invocation ends with its reason, and is repeated', async () => {
    const { withEmbedding, vectors, embedder, archive, clock, embeddingOf } = await setUp();
    const end = new AbortController();
    const reason = new Error('no time left');
    const ending = embedding(embedder, () => {
      end.abort(reason);
      return new Promise(() => undefined);
    });
    const message = await archive(1, 'car');
    const context = { ...withEmbedding, embedding: { embedder: ending, vectors } };
    await expect(clock.runUntil(followUpArchive(context, message, end.signal))).rejects.toBe(reason);
    expect(await embeddingOf(1)).toBeUndefined();
    await followUpArchive(withEmbedding, message, forever);
    expect(await embeddingOf(1)).toMatchObject({ outcome: 'done' });
  });

  it('is overtaken by the follow-up’s own deadline is skipped: all else is done', async () => {
    const { withEmbedding, vectors, embedder, archive, clock, embeddingOf } = await setUp();
    const limits = { ...defaultLimits, followUp: { ...defaultLimits.followUp, deadlineMs: 5_000 } };
    const context = {
      ...withEmbedding,
      limits,
      embedding: { embedder: embedding(embedder, hangs), vectors },
    };
    expect(await clock.runUntil(followUpArchive(context, await archive(1, 'car'), forever))).toBe(true);
    const reason = 'The follow-up did not end within 5000 ms.';
    expect(await embeddingOf(1)).toMatchObject({ outcome: 'skipped', reason });
  });
});

it('a deletion that comes between ends it without a word, and without a vector', async () => {
  const { withEmbedding, context, vectors, embedder, archive, store, events, notEmbedded } = await setUp();
  const message = await archive(1, 'car', 'weather');
  const deletion = { ...context, store, limits: { lease: policy, memoryLease: policy } };
  const purposes: EmbeddingPurpose[] = [];
  const deleting = embedding(embedder, async (texts, options) => {
    purposes.push(options.purpose);
    if (purposes.length === 2) await deleteSession(deletion, key, { memories: true }, forever);
    return embedder.embed(texts, options);
  });
  const run = { ...withEmbedding, embedding: { embedder: deleting, vectors } };
  await followUpArchive(run, message, forever);
  expect(notEmbedded()).toEqual([]);
  expect(events.at(-1)?.type).toBe('follow-up.gone');
  expect(store.sessions.get('acme/chat')?.embeddings.size ?? 0).toBe(0);
  expect(await store.readMeta(key)).toBeUndefined();
});
