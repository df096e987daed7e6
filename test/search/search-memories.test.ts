import { describe, expect, it } from 'vitest';
import type { Memory } from '../../lib/memory/index.ts';
import { searchMemories } from '../../lib/search/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';

const signal = new AbortController().signal;
const clock = { now: () => 0 };
const scope = { tenant: 'acme', scope: 'ann' };

function memoryOf(key: string, text?: string, more: Partial<Memory> = {}): Memory {
  const saidAtMs = Date.parse('2024-03-01');
  return {
    category: 'event',
    key,
    ...(text !== undefined && { text }),
    confidence: 1,
    firstSeenAtMs: saidAtMs,
    lastSeenAtMs: saidAtMs,
    saidAtMs,
    by: { kind: 'archive', session: 'chat', archive: 1, messageId: 'm1', model: 'offline' },
    revision: 'r1',
    ...more,
  };
}

async function storeWith(memories: readonly Memory[], of = scope) {
  const store = inProcessMemoryStore();
  for (const memory of memories) await store.change(of, { memories: [{ subject: memory, after: memory }] });
  return store;
}

describe('a search in the memories of a scope', () => {
  it('finds them by other forms of a word, by their key, and by when they were said', async () => {
    const store = await storeWith([
      memoryOf('pets', 'Ann has two cats, and they are old.'),
      memoryOf('instrument', 'Ann plays the cello in the evening.'),
      memoryOf('trip', 'Ann was in the mountains.', { saidAtMs: Date.parse('2023-07-02') }),
      memoryOf('trip-again', 'Ann was in the mountains.'),
    ]);
    const first = async (query: string) =>
      (await searchMemories(store, scope, { query, limit: 2, clock, signal })).hits[0]?.memory.key;
    expect(await first('Does she have a cat?')).toBe('pets');
    expect(await first('Which instruments does she know?')).toBe('instrument');
    expect(await first('Where was she in July 2023?')).toBe('trip');
  });

  it('finds nothing that was taken back, and nothing of other categories than the one asked for', async () => {
    const store = await storeWith([
      memoryOf('boat', undefined),
      memoryOf('car', 'The boat is a car.', { category: 'profile' }),
    ]);
    const keys = async (category?: 'event') =>
      (
        await searchMemories(store, scope, {
          query: 'boat',
          limit: 5,
          clock,
          signal,
          ...(category && { category }),
        })
      ).hits.map(({ memory }) => memory.key);
    expect(await keys()).toEqual(['car']);
    expect(await keys('event')).toEqual([]);
  });

  it('never finds what belongs to another scope, or to another tenant', async () => {
    const store = await storeWith([memoryOf('boat', 'Ann has a boat.')]);
    for (const other of [
      { tenant: 'acme', scope: 'bob' },
      { tenant: 'rival', scope: 'ann' },
    ]) {
      expect((await searchMemories(store, other, { query: 'boat', limit: 5, clock, signal })).hits).toEqual(
        [],
      );
    }
  });

  it('ends after eight pages, and goes on from there', async () => {
    const names = Array.from({ length: 8_500 }, (_, index) => `boat-${String(index).padStart(5, '0')}`);
    const store = await storeWith(names.map((name) => memoryOf(name, `Boat ${name} is here.`)));
    const { hits, nextAfter = '' } = await searchMemories(store, scope, {
      query: 'boat',
      limit: 1_000,
      clock,
      signal,
    });
    expect(hits).toHaveLength(500);
    expect(nextAfter).toBe('event#boat-07999');
    const rest = await searchMemories(store, scope, {
      query: 'boat',
      limit: 1_000,
      after: nextAfter,
      clock,
      signal,
    });
    expect(rest.hits).toHaveLength(500);
    expect(rest.nextAfter).toBeUndefined();
    expect(rest.hits.every(({ memory }) => memory.key > 'boat-07999')).toBe(true);
  });

  it('stops when it is told to', async () => {
    const reason = new Error('enough');
    const store = await storeWith([memoryOf('boat', 'A boat.')]);
    const search = searchMemories(store, scope, {
      query: 'boat',
      limit: 5,
      clock,
      signal: AbortSignal.abort(reason),
    });
    await expect(search).rejects.toBe(reason);
  });
});
