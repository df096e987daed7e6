import { CommitNotFoundError } from '../../commit/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { commitIdOf, refuseQuery, sessionOf } from '../request-parts.ts';
import { toCommitView } from '../to-view.ts';

export async function getCommit({ store, clock }: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const commitId = commitIdOf(request);
  refuseQuery(request);
  const status = await store.readCommit(key, commitId);
  if (!status) throw new CommitNotFoundError(key, commitId);
  return { status: 200, body: toCommitView(status, clock.now()) };
}
