import { MANIFESTS_PER_REQUEST, readAllManifests, SessionNotFoundError } from '../../store/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { countFitting } from '../count-fitting.ts';
import { pageQuerySchema } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { sessionOf } from '../request-parts.ts';
import { toArchiveView } from '../to-view.ts';
import type { ArchivesView } from '../views/index.ts';

/** Archives are numbered without gaps, so a page of them is read by number. The newest may still be being written. */
export async function listArchives({ store, lease }: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const { after, limit } = parseInput('query', pageQuerySchema, request.query);
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const last = Math.min(meta.archiveCount, after + Math.min(limit, MANIFESTS_PER_REQUEST));
  const numbers = Array.from({ length: Math.max(0, last - after) }, (_, index) => after + 1 + index);
  const found = (await readAllManifests(store, key, numbers, ['summary'], lease)).map(toArchiveView);
  const archives = found.slice(0, countFitting(found));
  const end = archives.length < found.length ? archives.at(-1)?.archive : last;
  const view: ArchivesView = {
    archives,
    ...(end !== undefined && end < meta.archiveCount && { nextAfter: end }),
  };
  return { status: 200, body: view };
}
