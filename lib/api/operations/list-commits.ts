import { z } from 'zod';
import { listCommits as list } from '../../listing/index.ts';
import { commitMark, commitMarkSchema } from '../../session/index.ts';
import { ITEMS_PER_LIST } from '../../store/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { countFitting } from '../count-fitting.ts';
import { AFTER, limitSchema } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { sessionOf } from '../request-parts.ts';
import { toCommitView } from '../to-view.ts';
import type { CommitsView } from '../views/index.ts';

export const listCommitsQuery = z.strictObject({
  after: commitMarkSchema.describe(AFTER).optional(),
  limit: limitSchema,
});

/** The commits of a session, the newest request first, as long as their statuses are kept. */
export async function listCommits(
  { store, clock, lease }: ApiContext,
  request: ApiRequest,
): Promise<ApiResponse> {
  const key = sessionOf(request);
  const { after, limit } = parseInput('query', listCommitsQuery, request.query);
  const page = { after, limit: Math.min(limit, ITEMS_PER_LIST) };
  const found = await list({ ...lease, store, signal: request.signal }, key, page);
  const all = found.commits.map((commit) => toCommitView(commit, clock.now()));
  const commits = all.slice(0, countFitting(all));
  const last = found.commits[commits.length - 1];
  const nextAfter = commits.length < all.length ? last && commitMark(last) : found.nextAfter;
  const view: CommitsView = {
    commits,
    ...(found.unreadable.length > 0 && { unreadable: found.unreadable }),
    ...(nextAfter !== undefined && { nextAfter }),
  };
  return { status: 200, body: view };
}
