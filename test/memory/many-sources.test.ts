import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type EvidencedMemory,
  forgetSession,
  type Memory,
  type MemoryStore,
  mergeMemory,
} from '../../lib/memory/index.ts';
import { dynamodbMemoryStore, inProcessMemoryStore } from '../../lib/store/index.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import type { TestTable } from '../support/table-at.ts';

const MAX_SOURCES = 500;
const scope = { tenant: 'acme', scope: 'ann' };
const forever = new AbortController().signal;

let table: TestTable;
beforeAll(async () => {
  table = await dynaliteTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const tea = (index: number, text = 'Ann prefers tea.'): EvidencedMemory => ({
  category: 'preference',
  key: 'drink',
  text,
  confidence: 0.9,
  messageId: 'm',
  seenAtMs: index,
});
const longName = (index: number) => String(index).padStart(128, 's');
const read = (store: MemoryStore) => store.readMemory(scope, 'preference', 'drink');
const listed = (memory: Memory | undefined, session: string) =>
  (memory?.archives ?? []).filter((source) => source.session === session);

/** A memory with so many archives of each session. */
async function merged(
  sources: readonly { session: string; archive: number }[],
  store = inProcessMemoryStore(),
) {
  for (const [index, source] of sources.entries()) await mergeMemory(store, scope, tea(index), source);
  return store;
}
const archivesOf = (session: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ session, archive: index + 1 }));
const sessions = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ session: longName(index), archive: 1 }));

describe('a memory that very many archives speak of', () => {
  test('stays an item that the table takes, however long its text and the names of its sessions', async () => {
    const store = dynamodbMemoryStore(table);
    const archives = sessions(7_000).map((source, index) => ({ ...source, archive: index }));
    const long = (index: number) => `${index} ${'茶'.repeat(990)}`;
    for (let index = 0; index < 22; index += 1) {
      await mergeMemory(store, scope, tea(index, long(index)), { session: longName(index), archive: index });
    }
    const known = await read(store);
    if (!known) throw new Error('there is no memory');
    // As a release left it that had no limit, as far as an item goes.
    const many = { ...known, archives: archives.slice(0, 1_900), version: known.version + 1 };
    expect(await store.putMemory(scope, many)).toBe(true);
    for (const [index, source] of archives.slice(6_990).entries()) {
      expect(await mergeMemory(store, scope, tea(100 + index, long(100 + index)), source)).toBe('updated');
    }
    const memory = await read(store);
    expect(memory?.archives).toHaveLength(MAX_SOURCES);
    expect(Buffer.byteLength(JSON.stringify(memory))).toBeLessThan(200_000);
    expect(memory?.text).toBe(long(109));
  });

  test('does not change when an archive is merged again, whether it is listed or not', async () => {
    const store = await merged(archivesOf('chat', MAX_SOURCES + 20));
    const before = await read(store);
    expect(before?.archives).toHaveLength(MAX_SOURCES);
    expect(listed(before, 'chat').map(({ archive }) => archive)).not.toContain(1);
    for (const archive of [1, 20, 21, MAX_SOURCES + 20]) {
      expect(await mergeMemory(store, scope, tea(archive - 1), { session: 'chat', archive })).toBe(
        'unchanged',
      );
    }
    expect(await read(store)).toEqual(before);
  });

  test('lists each of its sessions while there are no more than 500', async () => {
    const store = await merged([...archivesOf('busy', MAX_SOURCES + 50), ...sessions(40)]);
    const memory = await read(store);
    expect(memory?.archives).toHaveLength(MAX_SOURCES);
    expect(new Set(memory?.archives.map(({ session }) => session)).size).toBe(41);
    expect(memory).not.toHaveProperty('hasUnlistedSessions');
    expect(listed(memory, 'busy').at(-1)).toEqual({ session: 'busy', archive: MAX_SOURCES + 50 });
  });

  test('is deleted with the only session that it rests on, though not all of its archives are listed', async () => {
    const store = await merged(archivesOf('chat', MAX_SOURCES + 20));
    await forgetSession(store, scope, 'chat', forever);
    expect(await read(store)).toBeUndefined();
  });

  test('stays when others spoke of it, too, however many archives the one had', async () => {
    const store = await merged([{ session: 'other', archive: 1 }, ...archivesOf('chat', MAX_SOURCES + 20)]);
    await forgetSession(store, scope, 'chat', forever);
    expect((await read(store))?.archives).toEqual([{ session: 'other', archive: 1 }]);
  });

  test('is not deleted with its listed sessions when there are others, which are not listed', async () => {
    const store = await merged(sessions(MAX_SOURCES + 3));
    const memory = await read(store);
    expect(memory).toMatchObject({ hasUnlistedSessions: true });
    for (const { session } of memory?.archives ?? []) await forgetSession(store, scope, session, forever);
    expect(await read(store)).toMatchObject({
      archives: [],
      hasUnlistedSessions: true,
      text: 'Ann prefers tea.',
    });
    await mergeMemory(store, scope, tea(9_999), { session: 'new', archive: 1 });
    expect((await read(store))?.archives).toEqual([{ session: 'new', archive: 1 }]);
  });

  test('is the same in whichever order, and however often, its archives come', async () => {
    const evidence = Array.from({ length: 650 }, (_, index) => ({
      extracted: tea(index, ['tea', 'coffee', 'cocoa'][index % 3]),
      source: { session: `s-${(index * index) % 530}`, archive: 1 + (index % 7) + index },
    }));
    const mergeAll = async (facts: typeof evidence) => {
      const store = inProcessMemoryStore();
      for (const { extracted, source } of facts) await mergeMemory(store, scope, extracted, source);
      const { version: _version, ...memory } = (await read(store)) ?? { version: 0 };
      return memory;
    };
    const expected = await mergeAll(evidence);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...evidence, ...evidence], { minLength: 1_300 }),
        async (shuffled) => {
          expect(await mergeAll(shuffled)).toEqual(expected);
        },
      ),
      { numRuns: 5 },
    );
  });
});
