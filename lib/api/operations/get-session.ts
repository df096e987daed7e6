import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { pageQuerySchema } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { sessionOf } from '../request-parts.ts';
import { sessionView } from '../session-view.ts';

export async function getSession(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const page = parseInput('query', pageQuerySchema, request.query);
  return { status: 200, body: await sessionView(context, key, page) };
}
