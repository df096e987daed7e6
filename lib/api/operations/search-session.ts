import { z } from 'zod';
import { meaningOf, searchSession as searchMessages } from '../../search/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { MAX_POSITION } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { integerParameter, sessionOf } from '../request-parts.ts';
import { hitLimitSchema, searchTextSchema } from '../search-parts.ts';
import { toMessageHitView } from '../to-view.ts';
import type { MessageHitsView } from '../views/index.ts';

export const searchSessionQuery = z.strictObject({
  q: searchTextSchema.describe('What to look for, in any language: 1 to 1000 characters (UTF-16 units).'),
  limit: hitLimitSchema,
  before: integerParameter(1, MAX_POSITION)
    .describe('Only what is before this position: the `nextBefore` of an answer.')
    .optional(),
});

/** The messages of a session that are near to a query, live ones and archived ones. */
export async function searchSession(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const { store, lease: patience } = context;
  const key = sessionOf(request);
  const { q, limit, before } = parseInput('query', searchSessionQuery, request.query);
  const { hits, ranking, nextBefore } = await searchMessages(
    { store, key, patience },
    {
      query: q,
      limit,
      ...(before !== undefined && { before }),
      meaning: meaningOf(context),
      signal: request.signal,
    },
  );
  const view: MessageHitsView = {
    sessionId: key.session,
    ranking,
    hits: hits.map(toMessageHitView),
    ...(nextBefore !== undefined && { nextBefore }),
  };
  return { status: 200, body: view };
}
