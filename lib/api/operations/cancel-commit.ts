import { cancelCommit as cancel } from '../../commit/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { commitIdOf, refuseQuery, sessionOf } from '../request-parts.ts';
import { toCommitView } from '../to-view.ts';

export async function cancelCommit(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const commitId = commitIdOf(request);
  refuseQuery(request);
  return { status: 200, body: toCommitView(await cancel(context, key, commitId), context.clock.now()) };
}
