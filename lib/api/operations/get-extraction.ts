import { readExtraction } from '../../extraction-again/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { archiveOf, refuseQuery, sessionOf } from '../request-parts.ts';
import { toExtractionView } from '../to-view.ts';

/** The last extraction of an archive that was asked for, and what it would change. */
export async function getExtraction(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const archive = archiveOf(request);
  refuseQuery(request);
  const { store, memories, lease, clock } = context;
  const { random } = lease;
  const state = await readExtraction(
    { store, memories, clock, random, signal: request.signal },
    key,
    archive,
  );
  return { status: 200, body: toExtractionView(archive, state) };
}
