import { MANIFESTS_PER_REQUEST, SessionNotFoundError } from '../../store/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { pageQuerySchema } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { sessionOf } from '../request-parts.ts';
import { toArchiveView } from '../to-view.ts';
import type { ArchivesView } from '../views.ts';

/** Archives are numbered without gaps, so a page of them is read by number. The newest may still be being written. */
export async function listArchives({ store }: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const { after, limit } = parseInput('query', pageQuerySchema, request.query);
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const last = Math.min(meta.archiveCount, after + Math.min(limit, MANIFESTS_PER_REQUEST));
  const numbers = Array.from({ length: Math.max(0, last - after) }, (_, index) => after + 1 + index);
  const archives = (await store.readManifests(key, numbers)).map(toArchiveView);
  const view: ArchivesView = { archives, ...(last < meta.archiveCount && { nextAfter: last }) };
  return { status: 200, body: view };
}
