import { z } from 'zod';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { SessionDeletedError } from '../errors.ts';
import { refuseUnknownCategories } from '../memory-categories.ts';
import { parseInput, parseJson } from '../parse-input.ts';
import { refuseQuery, sessionOf } from '../request-parts.ts';
import { sessionSettings } from '../session-settings.ts';
import { sessionView } from '../session-view.ts';

export const createSessionBody = z.strictObject(sessionSettings);

/** Creates the session, or leaves the one that is there as it is. */
export async function createSession(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  refuseQuery(request);
  const body = parseInput('body', createSessionBody, parseJson(request.body));
  refuseUnknownCategories(context, body.memoryCategories);
  const isNew = await context.store.createSession(key, {
    scope: body.scope ?? request.identity.subject,
    ...(typeof body.title === 'string' && { title: body.title }),
    ...(body.memoryCategories && { memoryCategories: body.memoryCategories }),
    ...(body.autoCommit && { autoCommit: body.autoCommit }),
    createdAtMs: context.clock.now(),
  });
  if (!isNew && (await context.store.readDeleted(key))) throw new SessionDeletedError(key.session);
  return { status: isNew ? 201 : 200, body: await sessionView(context, key, { after: 0, limit: 100 }) };
}
