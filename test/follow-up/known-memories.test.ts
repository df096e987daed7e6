import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nearestMemories } from '../../lib/follow-up/nearest-memories.ts';
import { readScope } from '../../lib/follow-up/read-scope.ts';
import { wordsSaid } from '../../lib/follow-up/words-said.ts';
import {
  builtInCategories,
  type Memory,
  type MemoryCategory,
  type MemoryStore,
} from '../../lib/memory/index.ts';
import type { Message } from '../../lib/session/index.ts';
import { dynamodbMemoryStore, inProcessMemoryStore } from '../../lib/store/index.ts';
import { toMemoryItem } from '../../lib/table/index.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import type { TestTable } from '../support/table-at.ts';

const signal = new AbortController().signal;
const scope = { tenant: 'acme', scope: 'ann' };

function memory(category: MemoryCategory, index: number, more: Partial<Memory> = {}): Memory {
  return {
    ...{ category, key: `k-${String(index).padStart(4, '0')}`, text: `This is ${index}.`, confidence: 1 },
    ...{
      firstSeenAtMs: index,
      lastSeenAtMs: index,
      saidAtMs: index,
      by: { kind: 'earlier' },
      revision: '1',
      ...more,
    },
  };
}
const several = (category: MemoryCategory, count: number) =>
  Array.from({ length: count }, (_, index) => memory(category, index));
const said = (...contents: string[]) =>
  wordsSaid(
    contents.map(
      (content, index): Message => ({
        id: `m-${index}`,
        role: 'user',
        content,
        at: '2026-05-01T10:00:00.000Z',
      }),
    ),
  );

const put = (store: MemoryStore, memories: readonly Memory[]) =>
  store.change(scope, { memories: memories.map((one) => ({ subject: one, after: one })) });

/** The store, and what was asked of it. */
function counted(store: MemoryStore) {
  const pages: Parameters<MemoryStore['listMemories']>[1][] = [];
  const listMemories: MemoryStore['listMemories'] = (of, page) => {
    pages.push(page);
    return store.listMemories(of, page);
  };
  return { store: { ...store, listMemories }, pages };
}

describe('what a model is shown of a scope', () => {
  test('is the profile, however many events come before it', () => {
    const profile = several('profile', 30);
    const shown = nearestMemories([...several('event', 600), ...profile], said('Hello, this is 17.'));
    expect(shown).toHaveLength(100);
    expect(shown.slice(0, 30).every(({ category }) => category === 'profile')).toBe(true);
    expect(shown[30]).toEqual(memory('event', 17));
  });

  test('is 40 of the profile, and more where nothing else needs the room', () => {
    const profileOf = (others: number) =>
      nearestMemories([...several('profile', 120), ...several('event', others)], said('Hello.')).filter(
        ({ category }) => category === 'profile',
      ).length;
    expect([profileOf(600), profileOf(60), profileOf(10), profileOf(0)]).toEqual([40, 40, 90, 100]);
  });

  const languages = [
    {
      language: 'German',
      conversation: ['Heute war ich wieder mit Käthe in der Kletterhalle.', 'Und wie war das Klettern?'],
      near: 'Käthe geht jeden Dienstag in die Kletterhalle.',
      far: (index: number) => `Der Nutzer war am ${index}. Tag wieder in der Stadt und wie immer zu Hause.`,
    },
    {
      language: 'Japanese',
      conversation: ['昨日は田中さんと横浜で寿司を食べました。', 'それは良かったですね。'],
      near: '田中さんは横浜に住んでいます。',
      far: (index: number) => `ユーザーは${index}日に会社で仕事をしました。`,
    },
  ];
  test.each(languages)('is what is near to its words in $language', ({ conversation, near, far }) => {
    const others = Array.from({ length: 300 }, (_, index) =>
      memory('event', index, { text: far(index + 40) }),
    );
    const shown = nearestMemories([...others, memory('entity', 0, { text: near })], said(...conversation));
    expect(shown[0]?.text).toBe(near);
  });

  test('is the newest of what is equally near, in whichever order it was read', () => {
    const equal = Array.from({ length: 150 }, (_, index) =>
      memory('event', index, { lastSeenAtMs: index % 3 }),
    );
    const expected = nearestMemories(equal, said('Hello.'));
    expect(expected.map(({ lastSeenAtMs }) => lastSeenAtMs)).toEqual([
      ...Array.from({ length: 50 }, () => 2),
      ...Array.from({ length: 50 }, () => 1),
    ]);
    fc.assert(
      fc.property(fc.shuffledSubarray(equal, { minLength: equal.length }), (shuffled) => {
        expect(nearestMemories(shuffled, said('Hello.'))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the words of a conversation', () => {
  test('are those of its messages, with who said them and on which day', () => {
    const message: Message = {
      id: 'm-1',
      role: 'user',
      content: 'Hello!',
      at: '2026-05-01T10:00:00.000Z',
      metadata: { name: 'Ann', key: 'secret' },
    };
    expect(wordsSaid([message])).toEqual(new Set(['hello', 'ann', '2026', '05', '01']));
  });

  test('are all those of short messages, and the beginning and end of long ones', () => {
    const long = `beginning ${'word '.repeat(400_000)}end`;
    const words = said('short', long, `${long}less`, 'last');
    for (const word of ['short', 'last', 'beginning', 'end', 'endless']) expect(words).toContain(word);
  });
});

describe('a scope', () => {
  const inTheTable = { tenant: 'acme', scope: 'large' };
  let table: TestTable;
  beforeAll(async () => {
    table = await dynaliteTable();
    const text = 'word '.repeat(190);
    const memories = builtInCategories.flatMap((category) =>
      Array.from({ length: category === 'event' ? 4_000 : 200 }, (_, index) =>
        memory(category, index, { text }),
      ),
    );
    for (let start = 0; start < memories.length; start += 25) {
      const puts = memories.slice(start, start + 25);
      const RequestItems = {
        [table.tableName]: puts.map((one) => ({ PutRequest: { Item: toMemoryItem(inTheTable, one) } })),
      };
      await table.client.send(new BatchWriteCommand({ RequestItems }));
    }
  });
  afterAll(() => table[Symbol.asyncDispose]());

  const countsIn = (memories: readonly Memory[]) =>
    Object.fromEntries(
      builtInCategories.map((one) => [one, memories.filter(({ category }) => category === one).length]),
    );

  test('of 5,000 memories in pages of 1 MB is read in 8 requests at most, and in all categories', async () => {
    const { store, pages } = counted(dynamodbMemoryStore(table));
    const found = await readScope(store, inTheTable, builtInCategories, signal);
    expect(pages.length).toBeLessThanOrEqual(8);
    expect(pages.every(({ mayBeStale }) => mayBeStale)).toBe(true);
    const { event, ...others } = countsIn(found);
    expect(others).toEqual({ profile: 200, preference: 200, entity: 200, case: 200, pattern: 200 });
    expect(event).toBeGreaterThan(1_500);
    expect(new Set(found.map(({ category, key }) => `${category}#${key}`)).size).toBe(found.length);
  });

  test('is read for the wanted categories alone', async () => {
    const { store, pages } = counted(dynamodbMemoryStore(table));
    expect(await readScope(store, inTheTable, ['profile'], signal)).toHaveLength(200);
    expect(pages).toHaveLength(1);
    const two = countsIn(await readScope(store, inTheTable, ['pattern', 'case'], signal));
    expect(two).toMatchObject({ pattern: 200, case: 200, event: 0 });
  });

  test('gives something of each category, however little the database gives at a time', async () => {
    const inProcess = inProcessMemoryStore();
    for (const category of builtInCategories) {
      await put(inProcess, several(category, 20));
    }
    const { store, pages } = counted({
      ...inProcess,
      listMemories: (of, page) => inProcess.listMemories(of, { ...page, limit: 3 }),
    });
    const found = await readScope(store, scope, builtInCategories, signal);
    expect(pages).toHaveLength(8);
    expect(countsIn(found)).toEqual({ profile: 6, preference: 3, entity: 3, event: 3, case: 6, pattern: 3 });
  });

  test('that fits one page is read in one request, without what has been retracted', async () => {
    const inProcess = inProcessMemoryStore();
    await put(inProcess, several('event', 30));
    const { store, pages } = counted({
      ...inProcess,
      async listMemories(of, page) {
        const { memories } = await inProcess.listMemories(of, page);
        return { memories: memories.map((one, index) => (index === 4 ? withoutText(one) : one)) };
      },
    });
    expect(await readScope(store, scope, builtInCategories, signal)).toHaveLength(29);
    expect(pages).toHaveLength(1);
  });

  test('is read no further when time is up', async () => {
    const reason = new Error('no more time');
    const reading = readScope(inProcessMemoryStore(), scope, builtInCategories, AbortSignal.abort(reason));
    await expect(reading).rejects.toBe(reason);
  });
});

/** As a view is whose statements were all retracted. */
function withoutText({ text: _text, ...rest }: Memory): Memory {
  return rest as Memory;
}
