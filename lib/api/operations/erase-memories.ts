import { eraseMemories as erase } from '../../deletion/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { scopeOf } from '../memory-parts.ts';
import { refuseQuery } from '../request-parts.ts';

/** Erases all memories of a scope, with their history. */
export async function eraseMemories(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const scope = scopeOf(request);
  refuseQuery(request);
  await erase(context, scope, request.signal);
  context.onEvent({ type: 'memory.scope-erased', ...scope });
  return { status: 204 };
}
