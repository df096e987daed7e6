import type { Clock } from '../clock/index.ts';
import type { Vector } from '../embedding/index.ts';
import type { MemoryCategory, MemoryStore, ScopeKey } from '../memory/index.ts';
import { type FusedMemory, fuseMemories } from './fuse-memories.ts';
import { type Meaning, nearByMeaning } from './near-by-meaning.ts';
import { pauses } from './pauses.ts';
import { rankByWords, type WordRanking } from './rank-by-words.ts';
import type { Ranking } from './ranking.ts';

/** Pages of 1 MB that one search reads. */
const MAX_READS = 8;
/** What was found until then is given. */
const MAX_MS = 10_000;
/** The nearest by meaning that are looked at: those that words do not find are read in one request. */
const MAX_NEAR = 99;

export type MemoryHit = FusedMemory;

/** The hits, best first, and where to go on. */
export interface MemorySearch {
  readonly hits: readonly MemoryHit[];
  readonly ranking: Ranking;
  /** `<category>#<key>`: what was not read yet comes after it; absent when all was. */
  readonly nextAfter?: string;
}

interface Options {
  readonly query: string;
  readonly limit: number;
  readonly category?: MemoryCategory;
  readonly after?: string;
  readonly maxReads?: number;
  readonly meaning?: Meaning | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
}

/**
 * The memories of a scope that are nearest to a query, by words: of their keys and texts, and of the time when they were said. At
 * most 8 pages of 1 MB are read, one at a time, and no more once 10 s are over; a scope that has more is gone on with from
 * `nextAfter`, and its hits are ranked for themselves. At most 1 000 memories are held, and the page that is read; the time is linear in what is read.
 *
 * With `meaning`, the 99 nearest of the whole scope join them by reciprocal rank, as they are now; but only in an answer that
 * begins at the scope's beginning, so that those that go on do not give them again. Where meaning is not at hand within 2 s, the answer is by words.
 *
 * @param options.query its first 64 different words count.
 * @param options.limit hits at most; 500 are the most there are.
 * @param options.maxReads pages of 1 MB; default 8.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function searchMemories(
  store: MemoryStore,
  scope: ScopeKey,
  options: Options,
): Promise<MemorySearch> {
  const { limit, meaning, signal } = options;
  const [{ ranking, nextAfter }, near] = await Promise.all([
    rankPages(store, scope, options),
    options.after === undefined ? nearMemories(scope, options) : undefined,
  ]);
  signal.throwIfAborted();
  const end = nextAfter === undefined ? {} : { nextAfter };
  if (!meaning || !near) {
    const hits = ranking.best(limit).map(({ item: memory, score }) => ({ memory, score }));
    return { hits, ranking: 'words', ...end };
  }
  const byWords = ranking.best(Math.max(limit, MAX_NEAR)).map(({ item }) => item);
  const context = { ...meaning.patience, memories: store, signal };
  const hits = await fuseMemories(context, scope, { byWords, near, limit });
  return { hits, ranking: 'words-and-meaning', ...end };
}

async function rankPages(
  store: MemoryStore,
  scope: ScopeKey,
  { query, category, maxReads = MAX_READS, clock, signal, ...options }: Options,
): Promise<{ readonly ranking: WordRanking<MemoryHit['memory']>; readonly nextAfter: string | undefined }> {
  const untilMs = clock.now() + MAX_MS;
  const pause = pauses(signal);
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
      await pause(text.length);
    }
    after = page.nextAfter;
    if (after === undefined || clock.now() >= untilMs) break;
  }
  return { ranking, nextAfter: after };
}

async function nearMemories(scope: ScopeKey, { query, category, meaning, signal }: Options) {
  if (!meaning) return undefined;
  const { embedder, vectors } = meaning.embedding;
  const find = (vector: Vector) => vectors.nearMemories(scope, embedder, vector, MAX_NEAR);
  const near = await nearByMeaning(meaning, { query, tenant: scope.tenant, find, signal });
  return near?.filter((one) => category === undefined || one.category === category);
}
