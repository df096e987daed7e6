import { z } from 'zod';
import { listSessionsQuery, sessionsViewSchema } from '../../lib/api/index.ts';
import { makeTool, readsOnly } from '../tool.ts';

/** As many as a model reads at a glance. */
const DEFAULT_SESSIONS = 20;
/** What the API gives at once. */
const MAX_SESSIONS = 100;

export const listSessions = makeTool({
  name: 'list_sessions',
  title: 'List sessions',
  description:
    'Lists sessions, those with the newest activity first: id, scope, title, counts of messages and archives, and the state of the last commit.',
  annotations: readsOnly,
  about: 'sessions',
  input: z.strictObject({
    scope: listSessionsQuery.shape.scope,
    limit: z
      .int()
      .min(1)
      .max(MAX_SESSIONS)
      .default(DEFAULT_SESSIONS)
      .describe('The most of one page. A page may hold fewer, even none, and not be the last.'),
    after: listSessionsQuery.shape.after,
  }),
  output: sessionsViewSchema,
  run: async (options, { client, signal }) => ({
    view: await client.listSessions({ ...options, signal }),
  }),
});
