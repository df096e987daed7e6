import { describe, expect, it } from 'vitest';
import {
  type ApiRequest,
  type ContextMessagesView,
  type ContextTextView,
  type ContextView,
  handleRequest,
  type MemoryHitsView,
  type MessageHitsView,
  problemOf,
} from '../../lib/api/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import type { Embedder, Embedding } from '../../lib/embedding/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { embedMessages } from '../../lib/meaning/index.ts';
import { type MemoryStore, mergeStatements, type Statement } from '../../lib/memory/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { inProcessMemoryStore, inProcessVectorStore } from '../../lib/store/index.ts';
import { contextOf } from '../memory/statements.ts';
import { commitWorld, key, recordingSender } from '../support/commit-world.ts';
import { meaningEmbedder } from '../support/meaning-embedder.ts';
import { withSmallPages } from '../support/small-pages.ts';
import { statementOf } from '../support/statement-of.ts';

const MEMORIES = 'GET /memories/{scope}';
const SEARCH = 'GET /sessions/{sessionId}/search';
const CONTEXT = 'GET /sessions/{sessionId}/context';
const forever = new AbortController().signal;

type StoredSessions = Parameters<typeof inProcessVectorStore>[0];

interface Call {
  readonly tenant?: string;
  readonly scope?: string;
  readonly session?: string;
  readonly signal?: AbortSignal;
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** A session of the scope `ann`, and its API. */
async function searchWorld({
  memories = inProcessMemoryStore(),
  embedding,
}: {
  memories?: MemoryStore;
  embedding?: (sessions: StoredSessions) => Embedding;
} = {}) {
  const world = await commitWorld();
  const { clock, context, log } = world;
  const store = withSmallPages(world.store);
  const events: object[] = [];
  const api = {
    ...{ clock, store, memories, lease: context.lease, limits: defaultLimits, owner: 'api' },
    ...{ newId: log.newId, commits: recordingSender<never>(), followUps: recordingSender<never>() },
    ...(embedding && { embedding: embedding(store.sessions) }),
    onEvent: (event: object) => void events.push(event),
  };
  const ask = async <View>(route: string, query: Record<string, string>, call: Call = {}) => {
    const { tenant = key.tenant, scope = 'ann', session = key.session, signal = forever, body, path } = call;
    const request: ApiRequest = {
      ...{ identity: { tenant, subject: 'ann' }, path: { scope, sessionId: session, ...path } },
      ...{ query, headers: {}, body: body && JSON.stringify(body), signal },
    };
    return (await handleRequest(api, route, request)).body as View;
  };
  let commits = 0;
  return {
    ...{ ...world, events, ask },
    refusal: (route: string, query: Record<string, string>, call?: Call) =>
      ask(route, query, call).then(
        (answer) => Promise.reject(new Error(`answered ${JSON.stringify(answer)}`)),
        (error: unknown) => problemOf(error).view,
      ),
    remember: (scope: string, ...statements: Statement[]) =>
      mergeStatements(contextOf(memories), { tenant: key.tenant, scope }, statements),
    commitAll: () => commitSession(context, world.message(`c-${++commits}`), forever),
    memoryHits: (query: Record<string, string>, call?: Call) => ask<MemoryHitsView>(MEMORIES, query, call),
    messageHits: (query: Record<string, string>, call?: Call) => ask<MessageHitsView>(SEARCH, query, call),
    context: (query: Record<string, string> = {}, call?: Call) => ask<ContextView>(CONTEXT, query, call),
  };
}

const preference = (name: string, text: string, more: object = {}) =>
  statementOf(text, { category: 'preference', key: name, ...more });
/** A world that finds by meaning. */
async function meaningWorld(embedder: Embedder = meaningEmbedder()) {
  const memories = inProcessMemoryStore();
  const made: Embedding[] = [];
  const world = await searchWorld({
    memories,
    embedding(sessions) {
      const embedding = { embedder, vectors: inProcessVectorStore(sessions, memories.scopes) };
      made.push(embedding);
      return embedding;
    },
  });
  return { ...world, memories, embedding: made };
}

const keysOf = (items: readonly { readonly key: string }[]) => items.map((item) => item.key);

/** What people say in scripts with and without spaces between words, and what finds it. */
const scripts = [
  ['English', 'Ann drinks green tea in the morning.', 'green tea'],
  ['Norwegian', 'Ann liker blåbær og rømmegrøt.', 'blåbær'],
  ['Russian', 'Анна любит зелёный чай.', 'зелёный чай'],
  ['Arabic', 'تحب آن الشاي الأخضر.', 'الشاي'],
  ['Hindi', 'ऐन को हरी चाय पसंद है।', 'चाय'],
  ['Japanese', '彼女は毎朝緑茶を飲みます。', '緑茶'],
  ['Thai', 'เธอชอบดื่มชาเขียวทุกเช้า', 'ชาเขียว'],
  ['Korean', '앤은 녹차를 좋아합니다.', '녹차를'],
  ['Greek', 'Η Άννα πίνει πράσινο τσάι.', 'πράσινο'],
  ['Chinese', '她每天早上喝绿茶。', '绿茶'],
] as const;

describe('a search of memories', () => {
  it('gives those that are near to the query, the nearest first, each with its score and who said so', async () => {
    const world = await searchWorld();
    await world.remember(
      'ann',
      preference('drink', 'Ann drinks green tea.'),
      preference('walk', 'Ann walks in the green forest of Nordmarka on Sundays.'),
      preference('car', 'Ann has no car.'),
    );
    const { scope, hits, nextAfter } = await world.memoryHits({ q: 'green tea' });
    expect({ scope, nextAfter }).toEqual({ scope: 'ann', nextAfter: undefined });
    expect(keysOf(hits)).toEqual(['drink', 'walk']);
    expect(hits[0]).toMatchObject({
      ...{ category: 'preference', text: 'Ann drinks green tea.', confidence: 1 },
      ...{ lastSeenAt: '1970-01-01T00:00:00.001Z', by: { kind: 'archive', session: 'other' } },
    });
    expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? Number.POSITIVE_INFINITY);
    expect(keysOf((await world.memoryHits({ q: 'green tea', limit: '1' })).hits)).toEqual(['drink']);
    expect((await world.memoryHits({ q: 'submarine' })).hits).toEqual([]);
    expect((await world.memoryHits({ q: '🍵' })).hits).toEqual([]);
  });

  it.each(scripts)('understands %s', async (_, text, q) => {
    const world = await searchWorld();
    await world.remember('ann', preference('wanted', text), preference('other', 'Something else.'));
    expect((await world.memoryHits({ q })).hits).toMatchObject([{ key: 'wanted', text }]);
  });

  it('looks at one category where it is told', async () => {
    const world = await searchWorld();
    await world.remember('ann', preference('drink', 'tea'), statementOf('tea', { key: 'name' }));
    expect(keysOf((await world.memoryHits({ q: 'tea', category: 'profile' })).hits)).toEqual(['name']);
  });

  it('never gives what was taken back, or what another scope or tenant knows', async () => {
    const world = await searchWorld();
    await world.remember(
      'ann',
      preference('drink', 'tea'),
      preference('drink', '', { retracts: true, saidAtMs: 2 }),
    );
    await world.remember('bob', preference('drink', 'tea'));
    expect((await world.memoryHits({ q: 'tea' })).hits).toEqual([]);
    expect((await world.memoryHits({ q: 'tea' }, { scope: 'bob', tenant: 'other' })).hits).toEqual([]);
    expect(keysOf((await world.memoryHits({ q: 'tea' }, { scope: 'bob' })).hits)).toEqual(['drink']);
  });

  it('goes on where it did not read all', async () => {
    const inner = inProcessMemoryStore();
    /** Pages of one memory. */
    const memories: MemoryStore = {
      ...inner,
      listMemories: (scope, page) => inner.listMemories(scope, { ...page, limit: 1 }),
    };
    const world = await searchWorld({ memories });
    const keys = Array.from({ length: 20 }, (_, index) => `k${String(index).padStart(2, '0')}`);
    await world.remember('ann', ...keys.map((name) => preference(name, `tea ${name}`)));
    const found: string[] = [];
    let after: string | undefined;
    let searches = 0;
    do {
      const page = await world.memoryHits({ q: 'tea', limit: '100', ...(after !== undefined && { after }) });
      found.push(...keysOf(page.hits));
      after = page.nextAfter;
      searches += 1;
    } while (after !== undefined);
    expect(searches).toBeGreaterThan(1);
    expect(found.sort()).toEqual(keys);
  });

  it('is the list as it was without a query', async () => {
    const world = await searchWorld();
    await world.remember('ann', preference('drink', 'tea'));
    expect(await world.memoryHits({})).toMatchObject({ scope: 'ann', memories: [{ key: 'drink' }] });
  });

  it.each([
    [{ q: '' }, 'q'],
    [{ q: ' \n' }, 'q'],
    [{ q: 'x'.repeat(1_001) }, 'q'],
    [{ q: 'x\ud800' }, 'q'],
    [{ q: 'x', limit: '0' }, 'limit'],
    [{ q: 'x', limit: '101' }, 'limit'],
    [{ q: 'x', after: 'nonsense' }, 'after'],
    [{ q: 'x', after: 'event#a', category: 'profile' }, 'after'],
    [{ q: 'x', category: 'No Category' }, 'category'],
    [{ q: 'x', forgotten: 'true' }, 'query'],
  ])('refuses %j', async (query, field) => {
    const world = await searchWorld();
    const refusal = { status: 400, code: 'invalid-input', errors: [{ field }] };
    expect(await world.refusal(MEMORIES, query as Record<string, string>)).toMatchObject(refusal);
  });

  it('stops when the caller does not wait any more', async () => {
    const world = await searchWorld();
    const reason = new Error('no longer');
    await expect(world.memoryHits({ q: 'x' }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('a search of a session', () => {
  it('gives messages wherever they are, with their place, speaker and a snippet', async () => {
    const world = await searchWorld();
    await world.append('We drank green tea in Kyoto.', { id: 'm1', metadata: { name: 'Ann' } });
    await world.append('It rained.', { id: 'm2' });
    await world.commitAll();
    await world.append('Tea again?', { id: 'm3', role: 'assistant' });
    const { sessionId, hits, nextBefore } = await world.messageHits({ q: 'tea' });
    expect({ sessionId, nextBefore }).toEqual({ sessionId: 'chat', nextBefore: undefined });
    const hitOf = (id: string) => hits.find(({ messageId }) => messageId === id);
    expect(hitOf('m1')).toEqual({
      ...{ messageId: 'm1', state: 'archived', archive: 1, position: 1, role: 'user', speaker: 'Ann' },
      at: '2026-01-01T00:00:00.000Z',
      score: expect.any(Number),
      snippet: expect.stringContaining('green tea'),
    });
    const live = { state: 'live', position: 3, role: 'assistant', snippet: 'Tea again?' };
    expect(hitOf('m3')).toMatchObject(live);
    expect(hitOf('m3')).not.toHaveProperty('archive');
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
    for (const { score } of hits) expect(score).toBeGreaterThan(0);
    const earlier = await world.messageHits({ q: 'tea', before: '3' });
    expect(earlier.hits[0]).toMatchObject({ messageId: 'm1' });
    expect(earlier.hits.every(({ position }) => position < 3)).toBe(true);
    expect((await world.messageHits({ q: 'tea', limit: '1' })).hits).toHaveLength(1);
  });

  it.each(scripts)('understands %s', async (_, text, q) => {
    const world = await searchWorld();
    await world.append('Something else.');
    await world.append(text, { id: 'wanted' });
    await world.commitAll();
    const { hits } = await world.messageHits({ q, limit: '1' });
    expect(hits).toMatchObject([{ messageId: 'wanted', archive: 1, snippet: expect.stringContaining(q) }]);
  });

  it('goes on with what is earlier where it did not read all', async () => {
    const world = await searchWorld();
    const archives = 110;
    for (let archive = 1; archive <= archives; archive += 1) {
      await world.append(`tea ${archive}`);
      await world.commitAll();
    }
    const found = new Set<number>();
    let before: number | undefined;
    let searches = 0;
    do {
      const query = { q: 'tea', limit: '100', ...(before !== undefined && { before: String(before) }) };
      const page = await world.messageHits(query);
      for (const { position } of page.hits) found.add(position);
      before = page.nextBefore;
      searches += 1;
    } while (before !== undefined);
    expect(searches).toBeGreaterThan(1);
    expect(found.size).toBe(archives);
  });

  it('never gives what is said in another session, or to another tenant', async () => {
    const world = await searchWorld();
    const other = { ...key, session: 'other' };
    await world.store.createSession(other, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
    await appendMessages(world.log, other, [{ role: 'user', content: 'tea' }]);
    await world.append('coffee');
    expect((await world.messageHits({ q: 'tea' })).hits).toEqual([]);
    expect((await world.messageHits({ q: 'tea' }, { session: 'other' })).hits).toHaveLength(1);
    const refusal = { status: 404, code: 'session-not-found' };
    expect(await world.refusal(SEARCH, { q: 'tea' }, { tenant: 'else' })).toMatchObject(refusal);
  });

  it.each([
    [{}, 'q'],
    [{ q: ' ' }, 'q'],
    [{ q: 'x'.repeat(1_001) }, 'q'],
    [{ q: '\udfff' }, 'q'],
    [{ q: 'x', limit: '101' }, 'limit'],
    [{ q: 'x', before: '0' }, 'before'],
    [{ q: 'x', after: '1' }, 'query'],
  ])('refuses %j', async (query, field) => {
    const world = await searchWorld();
    const refusal = { status: 400, code: 'invalid-input', errors: [{ field }] };
    expect(await world.refusal(SEARCH, query as Record<string, string>)).toMatchObject(refusal);
  });
});

describe('the context of a conversation with memories', () => {
  it('has those near to the query, else to what the user said last, each with its source', async () => {
    const world = await searchWorld();
    await world.remember(
      'ann',
      preference('drink', 'Ann drinks green tea.'),
      preference('car', 'Ann has a red car.'),
    );
    await world.append('Where is my car?');
    await world.append('Let me see.', { role: 'assistant' });
    const { memories } = await world.context();
    expect(memories).toEqual([
      {
        ...{ category: 'preference', key: 'car', text: 'Ann has a red car.' },
        saidAt: '1970-01-01T00:00:00.001Z',
        by: { kind: 'archive', session: 'other', archive: 1, messageId: 'm', model: 'test' },
      },
    ]);
    expect(keysOf((await world.context({ query: 'tea' })).memories)).toEqual(['drink']);
    expect((await world.context({ memoryShare: '0' })).memories).toEqual([]);
    await world.commitAll();
    expect(keysOf((await world.context()).memories)).toEqual(['car']);
  });

  it('has none of another scope', async () => {
    const world = await searchWorld();
    await world.remember('bob', preference('drink', 'tea'), statementOf('Bob', { key: 'name' }));
    await world.append('tea');
    expect((await world.context()).memories).toEqual([]);
  });

  it('is given as messages: what is known as one system message, then the messages', async () => {
    const world = await searchWorld();
    await world.remember('ann', preference('drink', 'Ann drinks green tea.'));
    await world.append('More tea?', { metadata: { name: 'Ann' } });
    const [live] = (await world.context()).messages;
    const { messages, ...facts } = await world.ask<ContextMessagesView>(CONTEXT, { format: 'messages' });
    expect(messages).toEqual([
      {
        role: 'system',
        content: expect.stringContaining('- Ann drinks green tea. (preference: drink; said on 1970-01-01)'),
      },
      { id: live?.id, role: 'user', content: 'More tea?', metadata: { name: 'Ann' } },
    ]);
    expect(facts).toEqual({ sessionId: 'chat', tokenBudget: 16_000, tokens: expect.any(Number) });
  });

  it('is given as one text, with the names of speakers', async () => {
    const world = await searchWorld();
    await world.append('More tea?', { metadata: { name: 'Ann' } });
    await world.append('Yes.', { role: 'assistant' });
    const { text } = await world.ask<ContextTextView>(CONTEXT, { format: 'text' });
    expect(text).toBe('Ann: More tea?\nassistant: Yes.');
  });

  it.each([
    [{ memoryShare: '0.6' }, 'memoryShare'],
    [{ memoryShare: '-1' }, 'memoryShare'],
    [{ memoryShare: 'much' }, 'memoryShare'],
    [{ query: '' }, 'query'],
    [{ query: '\ud800' }, 'query'],
    [{ format: 'xml' }, 'format'],
    [{ q: 'tea' }, 'query'],
  ])('refuses %j', async (query, field) => {
    const world = await searchWorld();
    const refusal = { status: 400, code: 'invalid-input', errors: [{ field }] };
    expect(await world.refusal(CONTEXT, query as Record<string, string>)).toMatchObject(refusal);
  });
});

describe('an API that finds by meaning', () => {
  const EDIT = 'PUT /memories/{scope}/{category}/{key}';
  const FORGET = 'DELETE /memories/{scope}/{category}/{key}';
  const RESTORE = 'POST /memories/{scope}/{category}/{key}/restore';
  const path = { category: 'preference', key: 'ride' };
  const hangs: Embedder['embed'] = () => new Promise(() => undefined);

  it('finds what a person has entered, corrected or restored, at once', async () => {
    const world = await meaningWorld();
    const found = async (q: string) => keysOf((await world.memoryHits({ q })).hits);
    await world.ask(EDIT, {}, { path, body: { text: 'Ann acquired an automobile.' } });
    expect(await found('bought vehicle')).toEqual(['ride']);
    await world.ask(EDIT, {}, { path, body: { text: 'Ann has a hound.' } });
    expect(await found('bought vehicle')).toEqual([]);
    expect(await found('puppy')).toEqual(['ride']);
    await world.ask(FORGET, {}, { path });
    expect(await found('puppy')).toEqual([]);
    await world.ask(RESTORE, {}, { path });
    expect(await found('puppy')).toEqual(['ride']);
  });

  it('answers with what was entered although the embedder hangs, and reports it', async () => {
    const world = await meaningWorld({ ...meaningEmbedder(), embed: hangs });
    const body = { text: 'Ann has an automobile.' };
    const startedAtMs = world.clock.now();
    const answer = await world.clock.runUntil(world.ask<{ text: string }>(EDIT, {}, { path, body }));
    expect(answer.text).toBe(body.text);
    expect(world.clock.now() - startedAtMs).toBe(2_000);
    expect(world.events.at(-1)).toMatchObject({ type: 'memory.not-embedded', scope: 'ann' });
  });

  it('says of each answer what it was ranked by', async () => {
    const world = await meaningWorld();
    await world.append('The automobile.', { id: 'm1' });
    await world.commitAll();
    const manifest = await world.store.readManifest(key, 1);
    const [embedding] = world.embedding;
    if (!manifest || !embedding) throw new Error('nothing was archived');
    await embedMessages({ store: world.store, embedding, signal: forever }, key, manifest);
    const first = await world.messageHits({ q: 'vehicle' });
    expect(first).toMatchObject({ ranking: 'words-and-meaning', hits: [{ messageId: 'm1', archive: 1 }] });
    expect(await world.messageHits({ q: 'vehicle', before: '2' })).toMatchObject({
      ranking: 'words',
      hits: [],
    });
    expect((await world.memoryHits({ q: 'vehicle' })).ranking).toBe('words-and-meaning');
    const words = await searchWorld();
    expect((await words.memoryHits({ q: 'vehicle' })).ranking).toBe('words');
    expect((await words.messageHits({ q: 'vehicle' })).ranking).toBe('words');
  });

  it('gives the memories of a context that are near by meaning, and without them where it hangs', async () => {
    const world = await meaningWorld();
    await world.ask(EDIT, {}, { path, body: { text: 'Ann acquired an automobile.' } });
    expect(keysOf((await world.context({ query: 'bought vehicle' })).memories)).toEqual(['ride']);
    await world.append('Which vehicle was bought?');
    expect(keysOf((await world.context()).memories)).toEqual(['ride']);
    const hanging = await meaningWorld({ ...meaningEmbedder(), embed: hangs });
    await hanging.remember('ann', preference('ride', 'Ann acquired an automobile.'));
    const read = hanging.context({ query: 'automobile' });
    expect(keysOf((await hanging.clock.runUntil(read)).memories)).toEqual(['ride']);
    expect(hanging.events).toMatchObject([{ type: 'search.by-words-alone', tenant: 'acme' }]);
  });
});
