import { type MessageHitView, toMessageHitView } from '../../lib/api/index.ts';
import { type Ranking, searchSession as searchMessages } from '../../lib/search/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { meaningOn, type Target } from '../target/index.ts';

/** Messages of a session that are near to a query, the nearest first. */
export interface MessageHitsDocument {
  readonly tenant: string;
  readonly session: string;
  /** What the hits were ranked by. */
  readonly ranking: Ranking;
  /** Why they were not ranked by meaning, where the stack finds by it. */
  readonly meaningFailure?: string;
  readonly hits: readonly MessageHitView[];
  /** What to pass as `before` to search what was not read, which is earlier; absent when all was. */
  readonly nextBefore?: number;
}

/**
 * Finds messages by what they say, live ones and archived ones.
 *
 * @param options.limit at most so many.
 * @param options.before only at earlier positions.
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError; the signal's reason.
 */
export async function searchSession(
  target: Target,
  key: SessionKey,
  options: { readonly query: string; readonly limit: number; readonly before?: number | undefined },
  signal: AbortSignal,
): Promise<MessageHitsDocument> {
  const { query, limit, before } = options;
  const { meaning, failure } = meaningOn(target);
  const { hits, ranking, nextBefore } = await searchMessages(
    { store: target.store, key, patience: target },
    { query, limit, ...(before !== undefined && { before }), meaning, signal },
  );
  return {
    ...key,
    ranking,
    ...failure(),
    hits: hits.map(toMessageHitView),
    ...(nextBefore !== undefined && { nextBefore }),
  };
}
