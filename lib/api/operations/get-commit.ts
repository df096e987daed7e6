import { z } from 'zod';
import { waitForChange } from '../../commit/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput } from '../parse-input.ts';
import { commitIdOf, integerParameter, sessionOf } from '../request-parts.ts';
import { toCommitView } from '../to-view.ts';

/** Leaves the function, and the gateway's 30 s, enough for a cold start and the last read. */
const MAX_WAIT_SECONDS = 20;
/** More than a timeline holds. */
const MAX_SEEN = 999_999;

export const getCommitQuery = z.strictObject({
  waitSeconds: integerParameter(0, MAX_WAIT_SECONDS)
    .default(0)
    .meta({
      documentedAs: z.int().min(0).max(MAX_WAIT_SECONDS).default(0),
      description:
        'How long the answer may be held back while there is no news of the commit. When the time is over, the answer is the commit as it is.',
    }),
  seen: integerParameter(0, MAX_SEEN)
    .meta({
      documentedAs: z.int().min(0).max(MAX_SEEN),
      description:
        "How many entries of its timeline the caller knows: with `waitSeconds`, another number of entries is news. Unless given, only the commit's end is.",
    })
    .optional(),
});

export async function getCommit({ store, clock }: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const commitId = commitIdOf(request);
  const { waitSeconds, seen } = parseInput('query', getCommitQuery, request.query);
  const { signal } = request;
  const status = await waitForChange({ store, clock }, key, commitId, {
    waitMs: waitSeconds * 1_000,
    seen,
    signal,
  });
  return { status: 200, body: toCommitView(status, clock.now()) };
}
