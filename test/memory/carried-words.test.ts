import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../lib/archive/index.ts';
import {
  enterMemory,
  eraseSession,
  keepExtraction,
  MemoryNotFoundError,
  type MemoryStore,
  mergeStatements,
  replaceStatements,
  type ScopeKey,
  type Statement,
} from '../../lib/memory/index.ts';
import {
  dynamodbMemoryStore,
  dynamodbSessionStore,
  inProcessMemoryStore,
  inProcessSessionStore,
} from '../../lib/store/index.ts';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';
import { contextOf, said } from './statements.ts';

let table: TestTable;
let count = 0;
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

const manifest: Manifest = {
  ...{ archive: 1, from: 1, to: 1, recordCount: 1, messageCount: 1, bytes: 1, chunks: [] },
  ...{ commitId: 'c', sealedAtMs: 1, followUp: { state: 'pending' } },
};
const merged = { outcome: 'done', atMs: 1, by: 'x', created: 0, updated: 0, unchanged: 0 } as const;
const found = (...texts: string[]) =>
  ({
    outcome: 'done',
    atMs: 1,
    by: 'test:model',
    scope: 'ann',
    memories: texts.map((text) => ({
      ...{ category: 'profile', key: 'city', text, confidence: 1, messageId: 'm', seenAtMs: 1 },
    })),
  }) as const;

describe.each(Object.entries(adapters))('words of other sessions %s', (_name, makeStores) => {
  const setUp = () => {
    const { sessions, memories } = makeStores();
    const scope: ScopeKey = { tenant: 'acme', scope: `carried-${++count}` };
    const key = { tenant: 'acme', session: `kept-${count}` };
    const context = contextOf(memories);
    return {
      ...{ sessions, memories, scope, key, context },
      merge: (...some: Statement[]) => mergeStatements(context, scope, some),
      texts: async () => textsOf(memories, scope),
    };
  };

  test('that two share go with the second of them, also when both are erased at once', async () => {
    const { context, scope, memories, texts, merge } = setUp();
    await merge(
      said('Oslo and tea', { session: 'kept', carriedFrom: [['a', 'b']] }),
      said('Rome', { key: 'x' }),
    );
    // The deletion of `b` was cut off when it had begun.
    await memories.markSessionErased(scope, 'b');
    await eraseSession(context, scope, 'a');
    expect(await texts()).toEqual(['Oslo and tea', 'Rome']);
    await eraseSession(context, scope, 'b');
    expect(await texts()).toEqual(['Rome']);
  });

  test('that are of many sessions go with any of them, and fit one transaction', async () => {
    const { context, scope, memories, texts, merge } = setUp();
    const sessions = Array.from({ length: 60 }, (_, index) => `s-${index}`);
    const earlier = { text: 'Oslo', confidence: 1, firstSeenAtMs: 1, saidAtMs: 1, sessions, history: [] };
    const subject = { category: 'profile', key: 'city' } as const;
    const known = {
      ...{ ...subject, text: 'Oslo', confidence: 1, firstSeenAtMs: 1, lastSeenAtMs: 1, saidAtMs: 1 },
      ...{ by: { kind: 'earlier' as const }, earlier, revision: '1' },
    } as const;
    await memories.change(scope, { memories: [{ subject, after: known }] });
    const enter = (kind: 'forget' | 'restore') =>
      enterMemory(context, scope, subject, { entry: { kind }, who: 'ann' });
    await enter('forget');
    await enter('restore');
    await merge(said('Rome', { key: 'x', session: 'kept' }));
    expect(await texts()).toEqual(['Oslo', 'Rome']);
    await eraseSession(context, scope, 's-59');
    expect(await texts()).toEqual(['Rome']);
    await expect(enter('restore')).rejects.toThrow(MemoryNotFoundError);
  });

  test('that were erased meanwhile are left out when an archive is extracted again', async () => {
    const { context, scope, sessions, key, texts, merge } = setUp();
    const by = { session: key.session };
    await sessions.putManifest(key, manifest);
    await sessions.recordStep(key, 1, 'merge', merged);
    await merge(said('Rome', by), said('Tea', { key: 'drink', ...by }));
    await sessions.recordAgain(key, 1, { id: 'again', extraction: found('x') });
    await eraseSession(context, scope, 'gone');
    const again = [
      said('Rome and Oslo', { ...by, carriedFrom: [['gone']] }),
      said('Milk', { key: 'drink', ...by }),
    ];
    const state = { session: key.session, archive: 1, awaits: { extractionId: 'again' } };
    expect(await replaceStatements(context, scope, again, state)).toMatchObject({ updated: 1, retracted: 1 });
    expect(await texts()).toEqual(['Milk']);
  });

  test('that only a person names who took them back go with the session that said them', async () => {
    const { context, scope, sessions, key, merge } = setUp();
    const subject = { category: 'profile', key: 'oslo' } as const;
    await sessions.putManifest(key, manifest);
    await sessions.recordStep(key, 1, 'merge', merged);
    await sessions.recordAgain(key, 1, { id: 'again', extraction: found('x') });
    await merge(said('Oslo', { ...subject, session: key.session, carriedFrom: [['gone']] }));
    await enterMemory(context, scope, subject, { entry: { kind: 'forget' }, who: 'ann' });
    const state = { session: key.session, archive: 1, awaits: { extractionId: 'again' } };
    await replaceStatements(context, scope, [], state);
    expect(await context.memories.listStatementNames(scope, { limit: 9 })).toMatchObject({
      names: [expect.any(String)],
    });

    await merge(said('Oslo!', { ...subject, session: 'other', archive: 2 }));
    await eraseSession(context, scope, 'gone');
    const other = { session: 'other', archive: 2, awaits: { extractionId: 'again' } };
    await sessions.putManifest({ ...key, session: 'other' }, { ...manifest, archive: 2 });
    await sessions.recordStep({ ...key, session: 'other' }, 2, 'merge', merged);
    await sessions.recordAgain({ ...key, session: 'other' }, 2, { id: 'again', extraction: found('x') });
    await replaceStatements(context, scope, [], other);
    expect((await context.memories.listMemories(scope, {})).memories).toHaveLength(1);
    await eraseSession(context, scope, 'other');
    expect((await context.memories.listMemories(scope, {})).memories).toEqual([]);
    expect((await context.memories.listStatementNames(scope, { limit: 9 })).names).toEqual([]);
  });

  test('are listed with a manifest that keeps them until they are merged, or are not kept', async () => {
    const { context, scope, sessions, key } = setUp();
    const result = found('Oslo');
    const one = { session: key.session, archive: 1, carriedFrom: ['gone'] };
    const first = { ...one, step: 'extraction', result } as const;
    expect(await keepExtraction(context, scope, first)).toBe('archive-changed');
    await sessions.putManifest(key, manifest);
    expect(await keepExtraction(context, scope, first)).toBe('done');
    expect(await keepExtraction(context, scope, first)).toBe('archive-changed');
    const again = { ...one, step: 'again', result: { id: 'x', extraction: result } } as const;
    expect(await keepExtraction(context, scope, again)).toBe('archive-changed');
    await sessions.recordMerge(key, 1, merged);
    expect(await keepExtraction(context, scope, again)).toBe('done');
    expect(await keepExtraction(context, scope, again)).toBe('archive-changed');
    expect((await sessions.readManifest(key, 1))?.followUp).toMatchObject({
      extraction: { memories: [] },
      again: { id: 'x', extraction: result },
    });

    const told: unknown[] = [];
    await eraseSession(context, scope, 'gone', async (archive) => {
      told.push(archive);
    });
    expect(told).toEqual([{ session: key.session, archive: 1 }]);
    const later = { ...again, result: { id: 'y', extraction: result } };
    expect(await keepExtraction(context, scope, later)).toBe('session-erased');
    expect((await context.memories.listSources(scope, undefined, {})).sources).toEqual([]);
  });

  test('are left out of an extraction that has the memories of before', async () => {
    const { sessions, key } = setUp();
    await sessions.putManifest(key, manifest);
    await sessions.recordStep(key, 1, 'extraction', found('Oslo', 'Rome'));
    const before = found('Oslo', 'Rome').memories;
    const left = { step: 'extraction', before, memories: before.slice(1) } as const;
    expect(await sessions.leaveMemories(key, 1, left)).toBe(true);
    expect(await sessions.leaveMemories(key, 1, left)).toBe(false);
    expect((await sessions.readManifest(key, 1))?.followUp.extraction).toEqual(found('Rome'));
    expect(await sessions.leaveMemories(key, 1, { ...left, step: 'again' })).toBe(false);
    expect(await sessions.leaveMemories(key, 2, left)).toBe(false);
  });
});

async function textsOf(memories: MemoryStore, scope: ScopeKey): Promise<(string | undefined)[]> {
  return (await memories.listMemories(scope, {})).memories.map(({ text }) => text);
}
