import { z } from 'zod';
import { requestCommit as enqueueCommit } from '../../commit/index.ts';
import { commitReasonSchema, keepRecentSchema } from '../../session/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput, parseJson } from '../parse-input.ts';
import { idempotencyKeyOf, refuseQuery, sessionOf } from '../request-parts.ts';
import type { CommitRequestView } from '../views/index.ts';

export const requestCommitBody = z.strictObject({
  keepRecent: keepRecentSchema.optional(),
  reason: commitReasonSchema.optional(),
});

export async function requestCommit(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  refuseQuery(request);
  const { keepRecent, reason } = parseInput('body', requestCommitBody, parseJson(request.body));
  const view: CommitRequestView = await enqueueCommit(context, key, {
    ...(keepRecent !== undefined && { keepRecent }),
    ...(reason !== undefined && { reason }),
    ...idempotencyKeyOf(request),
  });
  return { status: 202, body: view };
}
