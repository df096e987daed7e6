import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ApiRequest,
  handleRequest,
  type MemoriesView,
  type MemoryHistoryView,
  type MemoryView,
  problemOf,
} from '../../lib/api/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { mergeStatements, type Statement } from '../../lib/memory/index.ts';
import type { RedactionMode } from '../../lib/redaction/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { contextOf, said } from '../memory/statements.ts';
import { commitWorld, key, recordingSender } from '../support/commit-world.ts';

const ALL = '/memories/{scope}';
const ONE = `${ALL}/{category}/{key}`;
const tenant = key.tenant;
const home = { category: 'profile', key: 'home-city' };
const forgotten = { forgotten: 'true' };

interface Call {
  readonly scope?: string;
  readonly category?: string;
  readonly key?: string;
  readonly query?: Record<string, string>;
  readonly body?: object | string;
  readonly who?: string;
  readonly tenant?: string;
  readonly signal?: AbortSignal;
}

async function memoryWorld({ redact }: { redact?: RedactionMode } = {}) {
  const { clock, context, leases, store } = await commitWorld();
  const memories = inProcessMemoryStore();
  const events: object[] = [];
  const api = {
    ...{ clock, store, memories, lease: context.lease, limits: defaultLimits, owner: 'api' },
    ...{ newId: context.lease.newId, commits: recordingSender<never>(), followUps: recordingSender<never>() },
    onEvent: (event: object) => void events.push(event),
    ...(redact && { redact }),
  };
  const ask = (routeKey: string, call: Call = {}) => {
    const { scope = 'ann', who = 'ann', query = {}, body, signal = new AbortController().signal } = call;
    const request: ApiRequest = {
      identity: { tenant: call.tenant ?? tenant, subject: who },
      path: {
        scope,
        ...home,
        ...(call.category && { category: call.category }),
        ...(call.key && { key: call.key }),
      },
      query,
      headers: {},
      body: typeof body === 'object' ? JSON.stringify(body) : body,
      signal,
    };
    return handleRequest(api, routeKey, request);
  };
  /** What the caller is told of a refusal. */
  const refusal = async (routeKey: string, call: Call = {}) => {
    const error = await ask(routeKey, call).then(
      (answer) => Promise.reject(new Error(`answered ${JSON.stringify(answer)}`)),
      (refused: unknown) => refused,
    );
    return problemOf(error).view;
  };
  return {
    ...{ clock, leases, memories, events, ask, refusal },
    merge: (...statements: Statement[]) =>
      mergeStatements(contextOf(memories), { tenant, scope: 'ann' }, statements),
    list: async (call: Call = {}) => (await ask(`GET ${ALL}`, call)).body as MemoriesView,
    get: async (call: Call = {}) => (await ask(`GET ${ONE}`, call)).body as MemoryHistoryView,
    put: async (text: string, call: Call = {}) =>
      (await ask(`PUT ${ONE}`, { body: { text }, ...call })).body as MemoryView,
    forget: (call: Call = {}) => ask(`DELETE ${ONE}`, call),
    restore: async (call: Call = {}) => (await ask(`POST ${ONE}/restore`, call)).body as MemoryView,
  };
}

let world: Awaited<ReturnType<typeof memoryWorld>>;
beforeEach(async () => {
  world = await memoryWorld();
});

const keysOf = ({ memories }: MemoriesView) => memories.map((memory) => memory.key);

describe('the list of memories', () => {
  it('leaves out what was taken back, unless it is asked for, then without a word of it', async () => {
    await world.merge(said('Oslo'), said('Tea', { category: 'preference', key: 'drink' }));
    await world.forget();
    expect(await world.list()).toEqual({
      scope: 'ann',
      memories: [
        expect.objectContaining({
          key: 'drink',
          text: 'Tea',
          by: expect.objectContaining({ session: 'chat' }),
        }),
      ],
    });
    const { memories } = await world.list({ query: forgotten });
    expect(memories).toMatchObject([
      { key: 'drink' },
      { ...home, forgotten: true, by: { kind: 'person', who: 'ann' } },
    ]);
    expect(JSON.stringify(memories)).not.toContain('Oslo');
    expect(keysOf(await world.list({ query: { forgotten: 'false' } }))).toEqual(['drink']);
  });

  it('goes on behind a page whose memories were all taken back', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    await world.merge(...keys.map((name) => said('x', { key: name })));
    for (const name of ['a', 'b', 'd']) await world.forget({ key: name });
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const page = await world.list({ query: { limit: '2', ...(after !== undefined && { after }) } });
      pages.push(keysOf(page));
      after = page.nextAfter;
    } while (after !== undefined);
    expect(pages).toEqual([[], ['c'], ['e']]);
  });

  it('may be of one category', async () => {
    const categories = ['case', 'preference', 'profile'];
    await world.merge(
      ...categories.flatMap((category) => ['a', 'b'].map((name) => said('x', { category, key: name }))),
    );
    const first = await world.list({ query: { category: 'preference', limit: '1' } });
    expect(first).toMatchObject({
      memories: [{ category: 'preference', key: 'a' }],
      nextAfter: 'preference#a',
    });
    const second = await world.list({ query: { category: 'preference', after: 'preference#a' } });
    expect(keysOf(second)).toEqual(['b']);
    expect(second).not.toHaveProperty('nextAfter');
    expect(await world.list({ query: { category: 'unheard-of' } })).toEqual({ scope: 'ann', memories: [] });
  });

  it('ends a page early rather than to outgrow an answer', async () => {
    // Six bytes each as JSON.
    const text = '\u0001'.repeat(1_000);
    const keys = Array.from({ length: 600 }, (_, index) => `k-${index}`);
    for (let start = 0; start < keys.length; start += 40)
      await world.merge(...keys.slice(start, start + 40).map((name) => said(text, { key: name })));
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.list({ query: { limit: '1000', ...(after !== undefined && { after }) } });
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(3_100_000);
      found.push(...keysOf(page));
      after = page.nextAfter;
    } while (after !== undefined);
    expect(found).toEqual(keys.toSorted());
  });

  it.each([
    [{ limit: '1001' }, 'limit'],
    [{ forgotten: 'yes' }, 'forgotten'],
    [{ category: 'Profile' }, 'category'],
    [{ after: 'profile' }, 'after'],
    [{ after: `profile#${'x'.repeat(201)}` }, 'after'],
    [{ after: 'profile#\ud800' }, 'after'],
    [{ after: 'profile#a', category: 'event' }, 'after'],
    [{ words: 'tea' }, 'query'],
  ])('refuses %j', async (query: Record<string, string>, field) => {
    expect(await world.refusal(`GET ${ALL}`, { query })).toMatchObject({ status: 400, errors: [{ field }] });
  });
});

describe('a memory', () => {
  it('is shown with all that was said of it, the newest first', async () => {
    const by = {
      kind: 'archive',
      session: 'chat',
      archive: 3,
      messageId: 'm-7',
      model: 'test:model',
    } as const;
    const versions = { promptVersion: 'extraction.v2', extractionVersion: 'clinic' };
    await world.merge(said('Oslo'));
    await world.merge(said('Bergen', { saidAtMs: 3, contradicts: true, by: { ...by, ...versions } }));
    await world.forget({ who: 'bob' });
    const { statements, ...memory } = await world.get();
    expect(memory).toEqual({
      scope: 'ann',
      ...home,
      forgotten: true,
      confidence: 1,
      firstSeenAt: '1970-01-01T00:00:00.001Z',
      lastSeenAt: expect.any(String),
      by: { kind: 'person', who: 'bob' },
    });
    expect(statements).toEqual([
      { stance: 'retracts', confidence: 1, saidAt: expect.any(String), by: { kind: 'person', who: 'bob' } },
      {
        stance: 'asserts',
        text: 'Bergen',
        contradicts: true,
        confidence: 1,
        saidAt: '1970-01-01T00:00:00.003Z',
        by: { ...by, ...versions },
      },
      expect.objectContaining({ text: 'Oslo', by: expect.objectContaining({ session: 'chat', archive: 1 }) }),
    ]);
  });

  it('has its history in pages', async () => {
    for (const archive of [1, 2, 3]) await world.merge(said(`City ${archive}`, { archive }));
    await world.put('Rome');
    const texts: (string | undefined)[] = [];
    let after: string | undefined;
    do {
      const page = await world.get({ query: { limit: '1', ...(after !== undefined && { after }) } });
      expect(page).toMatchObject({ text: 'Rome' });
      texts.push(...page.statements.map(({ text }) => text));
      after = page.nextAfter;
    } while (after !== undefined);
    expect(texts).toEqual(['Rome', 'City 3', 'City 2', 'City 1']);
  });

  it('shows on the last page what was known before it was kept who said what', async () => {
    const earlier = {
      ...{ text: 'Oslo', confidence: 0.5, firstSeenAtMs: 1, saidAtMs: 2 },
      ...{ sessions: ['old'], history: [{ text: 'Rome', seenAtMs: 1 }] },
    };
    const memory = {
      ...{ category: 'profile', key: 'home--city', text: 'Oslo', confidence: 0.5, revision: 'r', earlier },
      ...{ firstSeenAtMs: 1, lastSeenAtMs: 2, saidAtMs: 2, by: { kind: 'earlier' } as const },
    };
    await world.memories.change({ tenant, scope: 'ann' }, { memories: [{ subject: memory, after: memory }] });
    // A key of the form that keys had then.
    const old = { key: 'home--city' };
    const view = {
      ...{ text: 'Oslo', confidence: 0.5, sessions: ['old'] },
      ...{ firstSeenAt: '1970-01-01T00:00:00.001Z', lastSeenAt: '1970-01-01T00:00:00.002Z' },
      history: [{ text: 'Rome', seenAt: '1970-01-01T00:00:00.001Z' }],
    };
    expect(await world.get(old)).toMatchObject({ statements: [], earlier: view });
    await world.forget(old);
    await world.merge(said('Bergen', { ...old, saidAtMs: 1 }));
    const first = await world.get({ ...old, query: { limit: '1' } });
    expect(first).not.toHaveProperty('earlier');
    const second = await world.get({ ...old, query: { limit: '1', after: first.nextAfter ?? '' } });
    expect(second).toMatchObject({ statements: [{ text: 'Bergen' }], earlier: view });
    // It was the newest that anybody said.
    expect(await world.restore(old)).toMatchObject({ text: 'Oslo', by: { kind: 'earlier' } });
  });

  it('of which nothing is known is a 404', async () => {
    expect(await world.refusal(`GET ${ONE}`)).toMatchObject({
      status: 404,
      code: 'memory-not-found',
      detail: expect.stringContaining('GET /memories/ann'),
      errors: [{ field: 'key' }],
    });
  });

  it.each([
    ['tea#1', '000000000000005'],
    ['limit', '000000000000005#chat#000001#more'],
    ['a letter', '000000000000005#ch\u00e4t#000001'],
  ])('refuses a mark that is none (%s)', async (_what, after) => {
    expect(await world.refusal(`GET ${ONE}`, { query: { after } })).toMatchObject({
      status: 400,
      errors: [{ field: 'after' }],
    });
  });
});

describe('a person', () => {
  it('enters a memory, corrects it, takes it back and restores it', async () => {
    expect(await world.put('Oslo')).toMatchObject({
      ...home,
      text: 'Oslo',
      by: { kind: 'person', who: 'ann' },
    });
    expect(await world.put('Bergen', { who: 'bob' })).toMatchObject({ text: 'Bergen', by: { who: 'bob' } });
    expect(await world.forget()).toEqual({ status: 204 });
    expect(await world.list()).toMatchObject({ memories: [] });
    expect(await world.restore({ who: 'ann' })).toMatchObject({ text: 'Bergen', by: { who: 'bob' } });
    expect((await world.get()).statements.map(({ stance }) => stance)).toEqual([
      'restores',
      'retracts',
      'asserts',
      'asserts',
    ]);
    const entered = { type: 'memory.entered', tenant, scope: 'ann' };
    expect(world.events).toEqual([
      { ...entered, entry: 'edit' },
      { ...entered, entry: 'edit' },
      { ...entered, entry: 'forget' },
      { ...entered, entry: 'restore' },
    ]);
  });

  it('adds nothing by saying the same again', async () => {
    const first = await world.put('Oslo');
    expect(await world.put('Oslo')).toEqual(first);
    expect((await world.get()).statements).toHaveLength(1);
  });

  it('enters any text of up to 1000 characters, unaltered', async () => {
    const text = `  ${'🐈'.repeat(498)}\n `;
    expect(await world.put(text)).toMatchObject({ text });
  });

  it.each([
    ['no text', {}, 'text'],
    ['an empty text', { text: '' }, 'text'],
    ['a blank text', { text: ' \n\u3000' }, 'text'],
    ['a long text', { text: 'x'.repeat(1_001) }, 'text'],
    ['half a character', '{"text":"\\ud800"}', 'text'],
    ['a control character', { text: 'a\u001b[31m' }, 'text'],
    ['a number', { text: 7 }, 'text'],
    ['another field', { text: 'Oslo', confidence: 1 }, 'body'],
  ])('is refused with %s', async (_what, body, field) => {
    expect(await world.refusal(`PUT ${ONE}`, { body })).toMatchObject({ status: 400, errors: [{ field }] });
    expect(await world.list()).toMatchObject({ memories: [] });
  });

  it('is told which key would do', async () => {
    const body = { text: 'x' };
    expect(await world.refusal(`PUT ${ONE}`, { body, key: 'Home City' })).toMatchObject({
      status: 400,
      errors: [{ field: 'key', message: "must be words in lower case, joined by hyphens: 'home-city'" }],
    });
    expect(await world.refusal(`PUT ${ONE}`, { body, key: '?!' })).toMatchObject({
      errors: [{ field: 'key', message: 'must be words of letters and digits, joined by hyphens' }],
    });
    expect(await world.refusal(`PUT ${ONE}`, { body, key: 'home--city' })).toMatchObject({ status: 400 });
    for (const route of [`GET ${ONE}`, `DELETE ${ONE}`, `POST ${ONE}/restore`]) {
      expect(await world.refusal(route, { key: 'Home City' })).toMatchObject({ errors: [{ field: 'key' }] });
    }
  });

  it('enters memories of the categories that the deployment has', async () => {
    expect(await world.refusal(`PUT ${ONE}`, { body: { text: 'x' }, category: 'health' })).toMatchObject({
      status: 400,
      errors: [{ field: 'category', message: expect.stringContaining('profile, preference, entity') }],
    });
    expect(await world.refusal(`PUT ${ONE}`, { body: { text: 'x' }, category: 'a b' })).toMatchObject({
      errors: [{ field: 'category', message: expect.stringContaining('must be a category') }],
    });
    // What an earlier deployment had found can be taken back and restored.
    await world.merge(said('Ibuprofen', { category: 'health' }));
    await world.forget({ category: 'health' });
    expect(await world.restore({ category: 'health' })).toMatchObject({ text: 'Ibuprofen' });
  });

  it.each([
    ['text', 'AWS key', { text: 'My key is AKIAZ7QHTR5M2XWPLN4D.', key: 'note' }, 'AKIAZ7QHTR5M2XWPLN4D'],
    ['text', 'card number', { text: 'Pays with 4539 1488 0343 6467', key: 'note' }, '4539'],
    ['key', 'card number', { text: 'Pays', key: '4539-1488-0343-6467' }, '4539'],
  ])('enters no secret as a %s (%s), and is told its kind alone', async (field, kind, given, secret) => {
    const { key: name, text } = given;
    const problem = await world.refusal(`PUT ${ONE}`, { body: { text }, key: name });
    expect(problem).toMatchObject({ status: 400, code: 'secret-in-memory', errors: [{ field }] });
    expect(problem.detail).toContain(`(${kind})`);
    expect(JSON.stringify(problem)).not.toContain(secret);
    expect(await world.list()).toMatchObject({ memories: [] });
    const open = await memoryWorld({ redact: 'off' });
    expect(await open.put(text, { key: name })).toMatchObject({ text });
  });

  it('takes back what is known once, and restores what was taken back', async () => {
    const notFound = { status: 404, code: 'memory-not-found' };
    expect(await world.refusal(`DELETE ${ONE}`)).toMatchObject(notFound);
    expect(await world.refusal(`POST ${ONE}/restore`)).toMatchObject(notFound);
    await world.put('Oslo');
    expect(await world.refusal(`POST ${ONE}/restore`)).toMatchObject({
      status: 409,
      code: 'memory-not-forgotten',
    });
    await world.forget();
    expect(await world.refusal(`DELETE ${ONE}`)).toMatchObject(notFound);
  });

  it.each([
    ['PUT', ONE, { erase: 'true' }],
    ['DELETE', ONE, { forgotten: 'true' }],
    ['DELETE', ONE, { erase: 'yes' }],
    ['POST', `${ONE}/restore`, { erase: 'true' }],
    ['DELETE', ALL, { erase: 'true' }],
  ])('cannot ask for what is not understood: %s %s %j', async (method, route, query) => {
    await world.put('Oslo');
    expect(await world.refusal(`${method} ${route}`, { query, body: { text: 'x' } })).toMatchObject({
      status: 400,
    });
    expect(await world.get()).toMatchObject({ text: 'Oslo', statements: [{ text: 'Oslo' }] });
  });

  it('may do so in every scope of their tenant, and in none of another', async () => {
    await world.put('Oslo', { scope: 'team', who: 'bob' });
    expect(await world.get({ scope: 'team', who: 'ann' })).toMatchObject({
      text: 'Oslo',
      by: { who: 'bob' },
    });
    expect(await world.refusal(`GET ${ONE}`, { scope: 'team', tenant: 'other' })).toMatchObject({
      status: 404,
    });
    await world.ask(`DELETE ${ALL}`, { scope: 'team', tenant: 'other' });
    expect(await world.get({ scope: 'team' })).toMatchObject({ text: 'Oslo' });
  });

  it.each(['a b', '', 'a#b'])('is refused the scope %j', async (scope) => {
    for (const route of [`GET ${ALL}`, `DELETE ${ALL}`, `GET ${ONE}`, `DELETE ${ONE}`, `POST ${ONE}/restore`])
      expect(await world.refusal(route, { scope })).toMatchObject({
        status: 400,
        errors: [{ field: 'scope' }],
      });
  });
});

describe('erasing', () => {
  const stored = () =>
    JSON.stringify(
      [...world.memories.scopes].map(([, { memories, statements, sources }]) => [
        [...memories],
        [...statements],
        [...sources],
      ]),
    );

  it('one memory leaves nothing of it, and can be repeated', async () => {
    await world.merge(said('Oslo'), said('Tea', { key: 'drink' }));
    await world.put('Bergen');
    for (let time = 0; time < 2; time += 1)
      expect(await world.forget({ query: { erase: 'true' } })).toEqual({ status: 204 });
    expect(stored()).not.toMatch(/Oslo|Bergen|home-city/);
    expect(await world.refusal(`POST ${ONE}/restore`)).toMatchObject({ status: 404 });
    expect(keysOf(await world.list({ query: forgotten }))).toEqual(['drink']);
    expect(world.events.at(-1)).toEqual({ type: 'memory.erased', tenant, scope: 'ann' });
  });

  it('a scope leaves nothing in it, and nothing that was said before is remembered again', async () => {
    await world.merge(said('Oslo'), said('Tea', { key: 'drink' }));
    await world.forget();
    // Later than the clock, which stands still.
    await world.put('Bergen');
    await world.put('Paris');
    await world.put('Rome', { scope: 'team', key: 'trip' });
    for (let time = 0; time < 2; time += 1) expect(await world.ask(`DELETE ${ALL}`)).toEqual({ status: 204 });
    expect(stored()).not.toMatch(/Oslo|Bergen|Paris|Tea|home-city|drink/);
    expect(await world.list({ query: forgotten })).toEqual({ scope: 'ann', memories: [] });
    expect(await world.list({ scope: 'team' })).toMatchObject({ memories: [{ text: 'Rome' }] });
    await world.merge(said('Oslo'));
    expect(await world.list()).toMatchObject({ memories: [] });
    expect(await world.put('Oslo')).toMatchObject({ text: 'Oslo' });
    expect(
      world.events.filter((event) => 'type' in event && event.type === 'memory.scope-erased'),
    ).toHaveLength(2);
  });

  it('a scope waits for merges, and ends with the request’s time', async () => {
    await world.merge(said('Oslo'));
    const held = { resource: 'TENANT#acme#MEMORY#ann', owner: 'merge/1', token: 't', ttlMs: 30_000 };
    await world.leases.acquire(held);
    const stop = new AbortController();
    const answer = world.ask(`DELETE ${ALL}`, { signal: stop.signal });
    stop.abort(new Error('out of time'));
    await expect(answer).rejects.toThrow('out of time');
    expect(await world.list()).toMatchObject({ memories: [{ text: 'Oslo' }] });
  });
});
