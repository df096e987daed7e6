import { z } from 'zod';
import { deleteSession as remove } from '../../deletion/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput } from '../parse-input.ts';
import { flagSchema, sessionOf } from '../request-parts.ts';

export const deleteSessionQuery = z.strictObject({
  memories: flagSchema.describe('Whether to remove the memories that rest on this session alone, too.'),
});

/** Deletes the session, its archives and its commits; what it taught the scope only when asked to. */
export async function deleteSession(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const { memories } = parseInput('query', deleteSessionQuery, request.query);
  await remove(context, key, { memories }, request.signal);
  return { status: 204 };
}
