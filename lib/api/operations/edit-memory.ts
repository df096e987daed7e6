import { z } from 'zod';
import { memoryTextSchema } from '../../memory/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { enterAsCaller } from '../enter-as-caller.ts';
import { newSubjectOf } from '../memory-parts.ts';
import { parseInput, parseJson } from '../parse-input.ts';
import { refuseSecrets } from '../refuse-secrets.ts';
import { refuseQuery } from '../request-parts.ts';
import { toMemoryView } from '../to-view.ts';

export const editMemoryBody = z.strictObject({ text: memoryTextSchema });

/** Enters what holds of a subject, or corrects it. */
export async function editMemory(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const subject = newSubjectOf(context, request);
  refuseQuery(request);
  const { text } = parseInput('body', editMemoryBody, parseJson(request.body));
  refuseSecrets(context, { key: subject.key, text });
  const memory = await enterAsCaller(context, request, subject, { kind: 'edit', text });
  return { status: 200, body: toMemoryView(memory) };
}
