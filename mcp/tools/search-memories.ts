import { z } from 'zod';
import { listMemoriesQuery, memoryHitsViewSchema, searchSessionQuery } from '../../lib/api/index.ts';
import { nameSchema } from '../../lib/session/index.ts';
import { numberOf } from '../number-of.ts';
import { makeTool, readsOnly } from '../tool.ts';

export const searchMemories = makeTool({
  name: 'search_memories',
  title: 'Search memories',
  description:
    'Finds what is remembered of a person or a project across conversations: preferences, facts, events. Returns short statements, the nearest to the query first, each with who said so and when.',
  annotations: readsOnly,
  about: 'memories',
  input: z.strictObject({
    scope: nameSchema.describe("Whose memories: a session's `scope`, as list_sessions shows it."),
    q: searchSessionQuery.shape.q,
    limit: numberOf(searchSessionQuery.shape.limit),
    category: listMemoriesQuery.shape.category,
    after: listMemoriesQuery.shape.after
      .unwrap()
      .describe('Goes on with what a search did not read: its `nextAfter`.')
      .optional(),
  }),
  output: memoryHitsViewSchema,
  run: async ({ scope, q, ...options }, { client, signal }) => ({
    view: await client.searchMemories(scope, q, { ...options, signal }),
  }),
});
