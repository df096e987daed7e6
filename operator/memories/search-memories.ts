import type { MemoryCategory, ScopeKey } from '../../lib/memory/index.ts';
import { type Ranking, searchMemories as searchScope } from '../../lib/search/index.ts';
import { meaningOn, type Target } from '../target/index.ts';
import { type MemoryDocument, memoryDocument } from './memory-document.ts';

/** Memories of a scope that are near to a query, the nearest first. */
export interface MemoryHitsDocument {
  readonly tenant: string;
  readonly scope: string;
  /** What the hits were ranked by. */
  readonly ranking: Ranking;
  /** Why they were not ranked by meaning, where the stack finds by it. */
  readonly meaningFailure?: string;
  /** `score` is above 0, and comparable within one document only. */
  readonly hits: readonly (MemoryDocument & { readonly score: number })[];
  /** What to pass as `after` to search what was not read; absent when all was. */
  readonly nextAfter?: string;
}

/**
 * Finds memories by what they say.
 *
 * @param choice.limit at most so many.
 * @param choice.after begins behind this one; `<category>#<key>`.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError, ItemUnreadableError, ItemTooNewError; the signal's reason.
 */
export async function searchMemories(
  target: Pick<Target, 'memories' | 'embedding' | 'clock' | 'random'>,
  choice: ScopeKey & {
    readonly query: string;
    readonly limit: number;
    readonly category?: MemoryCategory | undefined;
    readonly after?: string | undefined;
  },
  signal: AbortSignal,
): Promise<MemoryHitsDocument> {
  const { tenant, scope, query, limit, category, after } = choice;
  const { meaning, failure } = meaningOn(target);
  const { hits, ranking, nextAfter } = await searchScope(
    target.memories,
    { tenant, scope },
    {
      query,
      limit,
      ...(category !== undefined && { category }),
      ...(after !== undefined && { after }),
      meaning,
      clock: target.clock,
      signal,
    },
  );
  return {
    tenant,
    scope,
    ranking,
    ...failure(),
    hits: hits.map(({ memory, score }) => ({ ...memoryDocument(memory), score })),
    ...(nextAfter !== undefined && { nextAfter }),
  };
}
