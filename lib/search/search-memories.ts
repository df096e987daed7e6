import type { Memory, MemoryCategory, MemoryStore, ScopeKey } from '../memory/index.ts';
import { scoresByWords, wordsOf } from '../words/index.ts';

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
 * The memories of a scope that are nearest to a query, by words. At most 8 MB are read; a scope that has more is gone on
 * with from `nextAfter`, and its hits are ranked for themselves.
 *
 * @param options.limit hits at most.
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
    readonly signal: AbortSignal;
  },
): Promise<MemorySearch> {
  const { query, limit, category, signal } = options;
  const found: MemoryHit['memory'][] = [];
  let after = options.after;
  for (let reads = 0; reads < MAX_READS; reads += 1) {
    signal.throwIfAborted();
    const page = await store.listMemories(scope, {
      ...(category !== undefined && { category }),
      ...(after !== undefined && { after }),
      mayBeStale: true,
    });
    for (const { text, ...memory } of page.memories) if (text !== undefined) found.push({ ...memory, text });
    after = page.nextAfter;
    if (after === undefined) break;
  }
  const texts = found.map(({ key, text }) => wordsOf(`${key} ${text}`));
  const scores = scoresByWords(new Set(wordsOf(query)), texts);
  const hits = found
    .flatMap((memory, index) => ({ memory, score: scores[index] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
  return { hits, ...(after !== undefined && { nextAfter: after }) };
}
