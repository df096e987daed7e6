import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { enterAsCaller } from '../enter-as-caller.ts';
import { subjectOf } from '../memory-parts.ts';
import { refuseQuery } from '../request-parts.ts';
import { toMemoryView } from '../to-view.ts';

/** Says again what was taken back. */
export async function restoreMemory(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const subject = subjectOf(request);
  refuseQuery(request);
  const memory = await enterAsCaller(context, request, subject, { kind: 'restore' });
  return { status: 200, body: toMemoryView(memory) };
}
