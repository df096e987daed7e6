import { z } from 'zod';
import { listSessions as list } from '../../listing/index.ts';
import { nameSchema, sessionMarkSchema } from '../../session/index.ts';
import { ITEMS_PER_LIST } from '../../store/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { AFTER, limitSchema } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { toListedSessionView } from '../to-view.ts';
import type { SessionsView } from '../views/index.ts';

export const listSessionsQuery = z.strictObject({
  scope: nameSchema.describe('Only the sessions of this scope.').optional(),
  after: sessionMarkSchema.describe(AFTER).optional(),
  limit: limitSchema,
});

/** The sessions of the caller's tenant, or of one scope of it, newest activity first. */
export async function listSessions(
  { store, clock, lease }: ApiContext,
  request: ApiRequest,
): Promise<ApiResponse> {
  const { scope, after, limit } = parseInput('query', listSessionsQuery, request.query);
  const { tenant } = request.identity;
  const page = { after, limit: Math.min(limit, ITEMS_PER_LIST) };
  const context = { ...lease, store, signal: request.signal };
  const { sessions, unreadable, nextAfter } = await list(context, { tenant, scope }, page);
  const view: SessionsView = {
    sessions: sessions.map((session) => toListedSessionView(session, clock.now())),
    ...(unreadable.length > 0 && { unreadable }),
    ...(nextAfter !== undefined && { nextAfter }),
  };
  return { status: 200, body: view };
}
