import { z } from 'zod';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { changeSettings } from '../change-settings.ts';
import { refuseUnknownCategories } from '../memory-categories.ts';
import { parseInput, parseJson } from '../parse-input.ts';
import { refuseQuery, sessionOf } from '../request-parts.ts';
import { sessionSettings } from '../session-settings.ts';
import { sessionView } from '../session-view.ts';

export const updateSessionBody = z
  .strictObject(sessionSettings)
  .refine(
    (body) => Object.keys(body).length > 0,
    'at least one of scope, title, memoryCategories, autoCommit',
  )
  .meta({ minProperties: 1 });

/**
 * Changes what a session is called, whose memories it feeds, and which, and when it is committed without being asked. Archives that are
 * followed up already stay as they are; a new policy applies to what is live already, too.
 */
export async function updateSession(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  refuseQuery(request);
  const {
    scope,
    title,
    memoryCategories: categories,
    autoCommit: policy,
  } = parseInput('body', updateSessionBody, parseJson(request.body));
  refuseUnknownCategories(context, categories);
  const checkAtMs = context.clock.now();
  await changeSettings(context.store, key, {
    scope,
    ...(title !== undefined && { title }),
    ...(categories !== undefined && { memoryCategories: categories }),
    ...(policy !== undefined && { autoCommit: policy && { policy, checkAtMs } }),
  });
  return { status: 200, body: await sessionView(context, key, { after: 0, limit: 100 }) };
}
