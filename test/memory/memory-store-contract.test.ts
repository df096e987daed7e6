import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  enterMemory,
  eraseScope,
  eraseSession,
  eraseSubject,
  type Memory,
  MemoryNotForgottenError,
  MemoryNotFoundError,
  type MemoryStore,
  mergeStatements,
  readHistory,
  readSubject,
  type ScopeKey,
  type Statement,
  statementName,
  viewOf,
} from '../../lib/memory/index.ts';
import {
  dynamodbMemoryStore,
  dynamodbSessionStore,
  inProcessMemoryStore,
  inProcessSessionStore,
} from '../../lib/store/index.ts';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';
import { contextOf, said, statements } from './statements.ts';

let table: TestTable;
let scopeCount = 0;
const newScope = (): ScopeKey => ({ tenant: 'acme', scope: `user-${++scopeCount}` });

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const adapters = {
  'in this process': () => {
    const sessions = inProcessSessionStore();
    return { sessions, memories: inProcessMemoryStore(sessions.sessions) };
  },
  'on DynamoDB': () => ({ sessions: dynamodbSessionStore(table), memories: dynamodbMemoryStore(table) }),
};

const home = { category: 'profile', key: 'home-city' } as const;
const ann = { kind: 'person', who: 'ann' } as const;

async function all(memories: MemoryStore, scope: ScopeKey): Promise<Memory[]> {
  return [...(await memories.listMemories(scope, { limit: 100 })).memories];
}

/** Every text and name that the scope holds. */
async function everything(memories: MemoryStore, scope: ScopeKey): Promise<string> {
  const { names } = await memories.listStatementNames(scope, { limit: 1000 });
  const { sources } = await memories.listSources(scope, undefined, {});
  const known = await all(memories, scope);
  const subjects = await Promise.all(known.map((memory) => readSubject(contextOf(memories), scope, memory)));
  return JSON.stringify([names, sources, subjects]);
}

/** A memory as it was stored before there were statements. */
function earlierMemory(sessions: readonly string[]): Memory {
  const said = { text: 'Oslo', confidence: 1, firstSeenAtMs: 1 };
  const earlier = { ...said, saidAtMs: 2, sessions, history: [] };
  const by = { kind: 'earlier' } as const;
  return { ...home, ...said, lastSeenAtMs: 2, saidAtMs: 2, by, earlier, revision: 'r' };
}

const words = (text: string) => text.toLowerCase().match(/\w+/g) ?? [];

describe.each(Object.entries(adapters))('memories %s', (_name, makeStores) => {
  const setUp = () => {
    const stores = makeStores();
    const scope = newScope();
    const context = contextOf(stores.memories);
    return {
      ...stores,
      scope,
      context,
      merge: (...some: Statement[]) => mergeStatements(context, scope, some),
      enter: (entry: Parameters<typeof enterMemory>[3]['entry']) =>
        enterMemory(context, scope, home, { entry, who: ann.who }),
      text: async () => (await all(stores.memories, scope))[0]?.text,
    };
  };

  test('are created with their first statement, and say whose it is', async () => {
    const { memories, scope, merge } = setUp();
    const statement = said('Ann lives in Bonn.', { archive: 5 });
    expect(await merge(statement)).toEqual({ created: 1, updated: 0, unchanged: 0, retracted: 0 });
    expect(await all(memories, scope)).toEqual([
      { ...viewOf(home, [statement]), revision: expect.any(String) },
    ]);
    const { statements: stored } = await memories.listStatements(scope, home, {});
    expect(stored).toEqual([statement]);
    expect(await memories.listSources(scope, 'chat', {})).toMatchObject({
      sources: [
        { session: 'chat', author: 'chat#000005', names: ['profile#home-city#000000000000005#chat#000005'] },
      ],
    });
  });

  test('do not change when the same archive is merged again', async () => {
    const { memories, scope, merge } = setUp();
    await merge(said('Ann lives in Bonn.'));
    const [before] = await all(memories, scope);
    expect(await merge(said('Ann lives in Bonn.'))).toMatchObject({ unchanged: 1 });
    expect(await all(memories, scope)).toEqual([{ ...before, revision: expect.any(String) }]);
    expect((await memories.listStatements(scope, home, {})).statements).toHaveLength(1);
  });

  test('lose nothing when many archives are merged at once', async () => {
    const { memories, scope, merge } = setUp();
    const archives = [1, 2, 3, 4];
    await Promise.all(archives.map((archive) => merge(said(`City ${archive}`, { archive }))));
    expect((await memories.listStatements(scope, home, {})).statements).toHaveLength(4);
    expect(await all(memories, scope)).toMatchObject([{ text: 'City 4', firstSeenAtMs: 1, lastSeenAtMs: 4 }]);
  });

  test('are merged in few requests, however many an archive gives', async () => {
    const { context, memories, scope } = setUp();
    const requests: string[] = [];
    const counting = new Proxy(memories, {
      get: (port, name: keyof MemoryStore) => {
        requests.push(name);
        return port[name];
      },
    });
    const many = Array.from({ length: 100 }, (_, index) => said('x', { key: `k-${index}` }));
    await mergeStatements({ ...context, memories: counting }, scope, many);
    expect(requests.filter((name) => name === 'readMemories')).toHaveLength(2);
    expect(requests.filter((name) => name === 'change')).toHaveLength(3);
    expect(await all(memories, scope)).toHaveLength(100);
  });

  test('come in pages, in the order of category and key, whatever their script', async () => {
    const { memories, scope, merge } = setUp();
    const keys = ['a', 'b', 'é', '寿司', '𝒳'];
    for (const key of keys.toReversed()) await merge(said('x', { key }));
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await memories.listMemories(scope, { limit: 2, ...(after !== undefined && { after }) });
      found.push(...page.memories.map(({ key }) => key));
      after = page.nextAfter;
    } while (after !== undefined);
    expect(found).toEqual(keys);
  });

  test('have their statements in pages, the newest first, and none of another subject', async () => {
    const { memories, scope, merge } = setUp();
    for (const archive of [1, 2, 3]) await merge(said(`City ${archive}`, { archive }));
    await merge(said('Ann', { key: 'home' }), said('Bonn', { key: 'home-city-of-birth' }));
    const first = await memories.listStatements(scope, home, { limit: 2 });
    expect(first.statements.map(({ text }) => text)).toEqual(['City 3', 'City 2']);
    const second = await memories.listStatements(scope, home, { limit: 2, after: first.nextAfter ?? '' });
    expect(second.statements.map(({ text }) => text)).toEqual(['City 1']);
    expect(second.nextAfter).toBeUndefined();
  });

  test('come in pages of one category, which end with it', async () => {
    const { memories, scope, merge } = setUp();
    for (const category of ['preference', 'profile', 'case'] as const) {
      await merge(...['b', 'a', 'c'].map((key) => said('x', { category, key })));
    }
    const page = { category: 'preference', limit: 2 } as const;
    const first = await memories.listMemories(scope, page);
    expect(first.nextAfter).toBe('preference#b');
    const second = await memories.listMemories(scope, { ...page, after: first.nextAfter ?? '' });
    const found = [...first.memories, ...second.memories];
    expect(found.map(({ category, key }) => `${category}#${key}`)).toEqual([
      'preference#a',
      'preference#b',
      'preference#c',
    ]);
    expect(second.nextAfter).toBeUndefined();
    expect(await memories.listMemories(scope, { category: 'event' })).toEqual({ memories: [] });
  });

  test('come all at once without a limit, also where they need not be the newest', async () => {
    const { memories, scope, merge } = setUp();
    const keys = Array.from({ length: 120 }, (_, index) => `k-${String(index).padStart(3, '0')}`);
    await merge(...keys.map((key) => said('x', { key })));
    const found = await memories.listMemories(scope, { mayBeStale: true });
    expect(found.memories.map(({ key }) => key)).toEqual(keys);
    expect(found.nextAfter).toBeUndefined();
  });

  test('are merged once only, and not at all when the archive is gone', async () => {
    const { sessions, memories, scope, context } = setUp();
    const key = { tenant: 'acme', session: `chat-${scope.scope}` };
    const state = { session: key.session, archive: 1, awaits: 'merge' } as const;
    const merge = () => mergeStatements(context, scope, [said('Bonn')], state);
    expect(await merge()).toBeUndefined();
    await sessions.putManifest(key, {
      archive: 1,
      from: 1,
      to: 1,
      recordCount: 1,
      messageCount: 1,
      bytes: 1,
      chunks: [],
      commitId: 'c',
      sealedAtMs: 1,
      followUp: { state: 'pending' },
    });
    expect(await merge()).toMatchObject({ created: 1 });
    const merged = {
      outcome: 'done',
      atMs: 1,
      by: 'commitlane',
      created: 1,
      updated: 0,
      unchanged: 0,
    } as const;
    await sessions.recordStep(key, 1, 'merge', merged);
    expect(await merge()).toBeUndefined();
    await sessions.removeItems(key, ['ARCHIVE#000001'], 9e15);
    expect(await mergeStatements(context, scope, [said('Rome', { archive: 2 })], state)).toBeUndefined();
    expect(await all(memories, scope)).toMatchObject([{ text: 'Bonn' }]);
  });

  test('are entered, taken back and restored by people', async () => {
    const { enter, merge, text, memories, scope } = setUp();
    await expect(enter({ kind: 'forget' })).rejects.toThrow(MemoryNotFoundError);
    await expect(enter({ kind: 'restore' })).rejects.toThrow(MemoryNotFoundError);
    await merge(said('Oslo'));
    await expect(enter({ kind: 'restore' })).rejects.toThrow(MemoryNotForgottenError);
    expect(await enter({ kind: 'edit', text: 'Bergen' })).toMatchObject({ text: 'Bergen', by: ann });
    await merge(said('Oslo', { archive: 2_000 }));
    expect(await text()).toBe('Bergen');
    expect(await enter({ kind: 'forget' })).not.toHaveProperty('text');
    await expect(enter({ kind: 'forget' })).rejects.toThrow(MemoryNotFoundError);
    expect(await enter({ kind: 'restore' })).toMatchObject({ text: 'Bergen', by: ann });
    const history = (await memories.listStatements(scope, home, {})).statements;
    expect(
      history.map(({ text: one, retracts, restores }) => (restores && 'again') || (retracts ?? one)),
    ).toEqual(['again', true, 'Oslo', 'Bergen', 'Oslo']);
  });

  test('of a person who enters the first thing known of a subject are there', async () => {
    const { enter, text } = setUp();
    await enter({ kind: 'edit', text: 'Bergen' });
    expect(await text()).toBe('Bergen');
  });

  test('are not entered again by a person who says what holds by their own word', async () => {
    const { enter, merge, context, memories, scope } = setUp();
    const count = async () => (await memories.listStatements(scope, home, {})).statements.length;
    const edit = { kind: 'edit', text: 'Oslo' } as const;
    await merge(said('Oslo'));
    expect(await enter(edit)).toMatchObject({ text: 'Oslo', by: ann });
    expect(await enter(edit)).toMatchObject({ text: 'Oslo', by: ann });
    expect(await count()).toBe(2);
    await enter({ kind: 'forget' });
    await enter(edit);
    expect(await count()).toBe(4);
    await enterMemory(context, scope, home, { entry: edit, who: 'bob' });
    expect(await count()).toBe(5);
  });

  test('are not named where others keep changing them: what people said is in no log', async () => {
    const { context, memories, scope, merge, enter } = setUp();
    await merge(said('Oslo'));
    const contended = { ...memories, change: async () => 'memory-changed' as const };
    const entering = enterMemory({ ...context, memories: contended }, scope, home, {
      entry: { kind: 'forget' },
      who: 'ann',
    });
    await expect(entering).rejects.toMatchObject({
      code: 'memory-contended',
      message: 'Others changed a memory during each of 5 attempts to do so.',
    });
    await enter({ kind: 'forget' });
  });

  test('that people enter after the scope is erased stay, whatever the clocks say', async () => {
    const { enter, text, merge, context, scope } = setUp();
    await merge(said('Oslo'));
    await context.memories.markErased(scope, 5_000);
    await expect(enter({ kind: 'forget' })).rejects.toThrow(MemoryNotFoundError);
    expect(await enter({ kind: 'edit', text: 'Bergen' })).toMatchObject({ text: 'Bergen' });
    expect(await text()).toBe('Bergen');
    expect((await readSubject(context, scope, home)).statements).toMatchObject([{ text: 'Bergen' }]);
  });

  test('from before there were statements are restored, however many sessions gave evidence', async () => {
    const { enter, text, context, memories, scope } = setUp();
    const sessions = Array.from({ length: 500 }, (_, index) => `chat-${index}`);
    await memories.change(scope, { memories: [{ subject: home, after: earlierMemory(sessions) }] });
    await enter({ kind: 'forget' });
    await enter({ kind: 'edit', text: 'Bergen' });
    await enter({ kind: 'forget' });
    expect(await enter({ kind: 'restore' })).toMatchObject({ text: 'Bergen' });
    await eraseSubject(context, scope, home);
    await memories.change(scope, { memories: [{ subject: home, after: earlierMemory(sessions) }] });
    await enter({ kind: 'forget' });
    expect(await enter({ kind: 'restore' })).toMatchObject({ text: 'Oslo', by: { kind: 'earlier' } });
    await eraseSession(context, scope, 'chat-7');
    expect(await text()).toBeUndefined();
    expect(await everything(memories, scope)).toBe('[[],[],[]]');
  });

  test('show what was said of them, page by page, also when they are taken back', async () => {
    const { enter, merge, context, scope } = setUp();
    const read = (page: { limit: number; after?: string }) => readHistory(context, scope, home, page);
    expect(await read({ limit: 2 })).toBeUndefined();
    for (const archive of [1, 2]) await merge(said(`City ${archive}`, { archive }));
    await enter({ kind: 'forget' });
    const first = await read({ limit: 2 });
    expect(first?.memory).not.toHaveProperty('text');
    expect(first?.statements).toMatchObject([{ retracts: true, by: ann }, { text: 'City 2' }]);
    const second = await read({ limit: 2, after: first?.nextAfter ?? '' });
    expect(second?.statements).toMatchObject([{ text: 'City 1' }]);
    expect(second).not.toHaveProperty('nextAfter');
    await context.memories.markErased(scope, 2);
    const last = await read({ limit: 2 });
    expect(last?.statements).toMatchObject([{ retracts: true }]);
    expect(last).not.toHaveProperty('nextAfter');
    await context.memories.markErased(scope, 9_000);
    expect(await read({ limit: 2 })).toBeUndefined();
  });

  test('are erased one by one, with all that was ever said of them, and nothing else', async () => {
    const { enter, merge, context, memories, scope } = setUp();
    const archives = Array.from({ length: 60 }, (_, index) => index + 1);
    for (const archive of archives) await merge(said('Oslo', { archive, session: `chat-${archive % 7}` }));
    await enter({ kind: 'forget' });
    await enter({ kind: 'restore' });
    const kept = said('Oslo is near Drammen.', {
      key: 'home-city-region',
      session: 'other',
      carriedFrom: [['chat-1']],
    });
    await merge(kept);
    await memories.markErased(scope, 20);
    const before = await readSubject(context, scope, kept);
    await eraseSubject(context, scope, home);
    await eraseSubject(context, scope, home);
    expect(await readSubject(context, scope, home)).toMatchObject({
      memory: undefined,
      statements: [],
      outdated: [],
    });
    expect(await readSubject(context, scope, kept)).toEqual(before);
    const { sources } = await memories.listSources(scope, undefined, {});
    expect(sources.map(({ session }) => session).toSorted()).toEqual(['chat-1', 'other']);
    expect(sources.flatMap(({ names }) => names)).toEqual(Array(2).fill(statementName(kept)));
    expect(await merge(said('Rome', { archive: 90 }))).toMatchObject({ created: 1 });
  });

  test('lose what a session said, and say again what others said before', async () => {
    const { merge, text, context, scope, memories } = setUp();
    await merge(said('Oslo', { session: 'kept', archive: 1 }));
    await merge(
      said('Bergen', { session: 'gone', archive: 2 }),
      said('Tea', { key: 'drink', session: 'gone' }),
    );
    expect(await text()).toBe('Tea');
    await eraseSession(context, scope, 'gone');
    await eraseSession(context, scope, 'gone');
    expect(await all(memories, scope)).toMatchObject([{ key: 'home-city', text: 'Oslo' }]);
    expect(await everything(memories, scope)).not.toMatch(/gone|Bergen|Tea|drink/);
  });

  test('stay taken back when the session is erased that took them back', async () => {
    const { merge, text, context, scope, memories } = setUp();
    await merge(said('Oslo', { session: 'kept', archive: 1 }));
    await merge(said('Forget Oslo.', { session: 'gone', archive: 2, retracts: true }));
    await eraseSession(context, scope, 'gone');
    expect(await text()).toBeUndefined();
    expect(await everything(memories, scope)).not.toMatch(/gone|Forget/);
    await eraseSession(context, scope, 'kept');
    expect(await all(memories, scope)).toEqual([]);
    expect(await everything(memories, scope)).toBe('[[],[],[]]');
  });

  test('that others carried on are erased with the session that said them', async () => {
    const { merge, context, scope, memories, enter } = setUp();
    await merge(said('Oslo', { session: 'gone', archive: 1 }));
    await enter({ kind: 'forget' });
    await enter({ kind: 'restore' });
    await merge(
      said('Ann is back from Oslo.', {
        key: 'trip-oslo',
        session: 'kept',
        archive: 2,
        carriedFrom: [['gone']],
      }),
      said('Tea', { key: 'drink', session: 'kept', archive: 2 }),
    );
    await eraseSession(context, scope, 'gone');
    expect(await everything(memories, scope)).not.toMatch(/gone|[Oo]slo/);
    expect(await all(memories, scope)).toMatchObject([{ key: 'drink' }]);
    const late = said('Oslo again', { session: 'kept', archive: 3, carriedFrom: [['gone']] });
    expect(await merge(late, said('Rome', { key: 'trip', session: 'kept', archive: 3 }))).toMatchObject({
      created: 1,
    });
    expect(await everything(memories, scope)).not.toMatch(/Oslo/);
  });

  test('of a whole scope are erased, and nothing of what was said until then comes back', async () => {
    const { merge, context, scope, memories, enter } = setUp();
    await merge(
      ...Array.from({ length: 120 }, (_, index) => said('Oslo', { key: `k-${index}`, archive: 1 })),
    );
    await enter({ kind: 'edit', text: 'Bergen' });
    await eraseScope(context, scope, 2_000);
    expect(await everything(memories, scope)).toBe('[[],[],[]]');
    expect(
      await merge(said('Oslo', { archive: 1_999 }), said('Rome', { key: 'new', archive: 2_001 })),
    ).toMatchObject({
      created: 1,
    });
    expect(await all(memories, scope)).toMatchObject([{ key: 'new', text: 'Rome' }]);
    // A clock that is behind spares nothing.
    expect(await eraseScope(context, scope, 1_500)).toBe(2_001);
    expect(await everything(memories, scope)).toBe('[[],[],[]]');
  });

  test('are what their statements make, whatever is merged, entered and erased, in whichever order', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('merge' as const), index: fc.nat(13) }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('erase' as const),
          session: fc.constantFrom('a', 'b', 'c'),
        }),
      },
    );
    await fc.assert(
      fc.asyncProperty(statements, fc.array(step, { maxLength: 25 }), async (given, steps) => {
        const { context, scope, memories } = setUp();
        const there: Statement[] = [];
        const erased = new Set<string>();
        for (const one of steps) {
          const statement = one.kind === 'merge' ? given[one.index] : undefined;
          const by = statement?.by;
          if (one.kind === 'erase') {
            await eraseSession(context, scope, one.session);
            erased.add(one.session);
          } else if (statement && !(by?.kind === 'archive' && erased.has(by.session))) {
            await mergeStatements(context, scope, [statement]);
            there.push(statement);
          }
        }
        const kept = there.filter(({ by }) => by.kind !== 'archive' || !erased.has(by.session));
        for (const memory of await all(memories, scope)) {
          const known = await readSubject(context, scope, memory);
          const { revision: _, ...view } = memory;
          expect(view).toEqual(viewOf(memory, known.statements));
          const own = known.statements.filter(({ by }) => by.kind !== 'erased');
          expect(kept.map(({ text }) => text)).toEqual(expect.arrayContaining(own.map(({ text }) => text)));
        }
        for (const session of erased) {
          expect((await memories.listSources(scope, session, {})).sources).toEqual([]);
        }
        expect(words(await everything(memories, scope)).filter((word) => erased.has(word))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
