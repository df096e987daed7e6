import { z } from 'zod';
import { messageHitsViewSchema, searchSessionQuery } from '../../lib/api/index.ts';
import { numberOf } from '../number-of.ts';
import { sessionArgument } from '../session-argument.ts';
import { makeTool, readsOnly } from '../tool.ts';

export const searchMessages = makeTool({
  name: 'search_messages',
  title: 'Search messages',
  description:
    "Finds messages of one session by what they say, archived ones and those that are not archived yet. Returns a snippet of each with its place, the nearest to the query first. Use it to look up an earlier conversation's exact words.",
  annotations: readsOnly,
  about: 'session',
  input: z.strictObject({
    session: sessionArgument,
    q: searchSessionQuery.shape.q,
    limit: numberOf(searchSessionQuery.shape.limit),
    before: numberOf(searchSessionQuery.shape.before.unwrap())
      .describe('Goes on with what a search did not read, which is earlier: its `nextBefore`.')
      .optional(),
  }),
  output: messageHitsViewSchema,
  run: async ({ session, q, ...options }, { client, signal }) => ({
    view: await client.searchSession(session, q, { ...options, signal }),
  }),
});
