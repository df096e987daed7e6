import type { Memory, MemoryCategory, MemoryStore, ScopeKey } from '../memory/index.ts';
import { rankByWords } from './rank-by-words.ts';

/** Pages of 1 MB that one search reads. */
const MAX_READS = 8;

export interface MemoryHit {
  readonly memory: Memory & { readonly text: string };
  /** Above 0; comparable within one answer only. */
  readonly score: number;
}

/** The hits of what was read, best first, and where to go on. */
export interface MemorySearch {
  readonly hits: readonly MemoryHit[];
  /** `<category>#<key>`: what was not read yet comes after it; absent when all was. */
  readonly nextAfter?: string;
}

/**
 * The memories of a scope that are nearest to a query, by words: of their keys and texts, and of the time when they were said. At
 * most 8 pages of 1 MB are read, one at a time; a scope that has more is gone on with from `nextAfter`, and its hits are
 * ranked for themselves. At most 1 000 memories are held, and the page that is read; the time is linear in what is read.
 *
 * @param options.query its first 64 different words count.
 * @param options.limit hits at most; 500 are the most there are.
 * @param options.maxReads pages of 1 MB; default 8.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function searchMemories(
  store: MemoryStore,
  scope: ScopeKey,
  options: {
    readonly query: string;
    readonly limit: number;
    readonly category?: MemoryCategory;
    readonly after?: string;
    readonly maxReads?: number;
    readonly signal: AbortSignal;
  },
): Promise<MemorySearch> {
  const { query, limit, category, maxReads = MAX_READS, signal } = options;
  const ranking = rankByWords<MemoryHit['memory']>(query, { hasNeighbours: false });
  let after = options.after;
  for (let reads = 0; reads < maxReads; reads += 1) {
    signal.throwIfAborted();
    const page = await store.listMemories(scope, {
      ...(category !== undefined && { category }),
      ...(after !== undefined && { after }),
      mayBeStale: true,
    });
    for (const { text, ...memory } of page.memories) {
      if (text === undefined) continue;
      const item = { ...memory, text };
      const units = JSON.stringify(item).length;
      ranking.add({ text: `${memory.key} ${text}`, atMs: memory.saidAtMs, item, units });
    }
    after = page.nextAfter;
    if (after === undefined) break;
  }
  signal.throwIfAborted();
  const hits = ranking.best(limit).map(({ item: memory, score }) => ({ memory, score }));
  return { hits, ...(after !== undefined && { nextAfter: after }) };
}
