import { z } from 'zod';
import { memoryCategorySchema, subjectName } from '../../memory/index.ts';
import { meaningOf, searchMemories } from '../../search/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { countFitting } from '../count-fitting.ts';
import { scopeOf } from '../memory-parts.ts';
import { AFTER, DEFAULT_PAGE, limitSchema, MAX_PAGE } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { flagSchema } from '../request-parts.ts';
import { DEFAULT_HITS, hitLimitSchema, MAX_HITS, searchTextSchema } from '../search-parts.ts';
import { toMemoryHitView, toMemoryView } from '../to-view.ts';
import type { MemoriesView, MemoryHitsView } from '../views/index.ts';

/** A category and a key, in UTF-16 units: longer than any that is stored, and short enough for a sort key. */
const markSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}#[^#]{1,200}$/, 'must be the nextAfter of another page')
  .refine((mark) => mark.isWellFormed(), 'must be well-formed text');

const isOfCategory = ({ after, category }: { after?: string | undefined; category?: string | undefined }) =>
  after === undefined || category === undefined || after.startsWith(`${category}#`);
const otherCategory = { path: ['after'], error: 'must be the nextAfter of a page of the same category' };

const querySchema = z
  .strictObject({
    category: memoryCategorySchema.optional(),
    forgotten: flagSchema,
    after: markSchema.optional(),
    limit: limitSchema,
  })
  .refine(isOfCategory, otherCategory);

/** What was taken back has no text that could be found. */
const searchQuerySchema = z
  .strictObject({
    q: searchTextSchema,
    category: memoryCategorySchema.optional(),
    after: markSchema.optional(),
    limit: hitLimitSchema,
  })
  .refine(isOfCategory, otherCategory);

/** Both as one: what is looked for decides what else may be given. */
export const listMemoriesQuery = z.strictObject({
  q: searchTextSchema
    .describe(
      'What to look for, in any language: 1 to 1000 characters (UTF-16 units). Unless given, all are listed.',
    )
    .optional(),
  category: memoryCategorySchema.describe('Only memories of this category.').optional(),
  forgotten: flagSchema.describe(
    'Whether those that were taken back are listed, too, without their text. Not with `q`.',
  ),
  after: markSchema.describe(`${AFTER} Of the same category.`).optional(),
  limit: limitSchema.meta({
    documentedAs: z.int().min(1).max(MAX_PAGE),
    description: `The most of one page, by default ${DEFAULT_PAGE}; with \`q\` the most that is found, 1 to ${MAX_HITS}, by default ${DEFAULT_HITS}.`,
  }),
});

/** The memories of a scope, by category and key, or those near to a query; those that were taken back only when asked to. */
export async function listMemories(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  if (request.query['q'] !== undefined) return search(context, request);
  const scope = scopeOf(request);
  const { category, forgotten, after, limit } = parseInput('query', querySchema, request.query);
  const found = await context.memories.listMemories(scope, {
    limit,
    ...(after !== undefined && { after }),
    ...(category !== undefined && { category }),
  });
  const shown = found.memories.filter(({ text }) => forgotten || text !== undefined);
  const all = shown.map(toMemoryView);
  const memories = all.slice(0, countFitting(all));
  const last = memories.at(-1);
  const nextAfter = memories.length < all.length ? last && subjectName(last) : found.nextAfter;
  const view: MemoriesView = {
    scope: scope.scope,
    memories,
    ...(nextAfter !== undefined && { nextAfter }),
  };
  return { status: 200, body: view };
}

async function search(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const scope = scopeOf(request);
  const { q, category, after, limit } = parseInput('query', searchQuerySchema, request.query);
  const { hits, ranking, nextAfter } = await searchMemories(context.memories, scope, {
    query: q,
    limit,
    ...(category !== undefined && { category }),
    ...(after !== undefined && { after }),
    meaning: meaningOf(context),
    clock: context.clock,
    signal: request.signal,
  });
  const view: MemoryHitsView = {
    scope: scope.scope,
    ranking,
    hits: hits.map(toMemoryHitView),
    ...(nextAfter !== undefined && { nextAfter }),
  };
  return { status: 200, body: view };
}
