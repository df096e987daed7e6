import { z } from 'zod';
import { appendAndCommit } from '../../auto-commit/index.ts';
import { appendBounds, newMessageSchema } from '../../session/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput, parseJson } from '../parse-input.ts';
import { idempotencyKeyOf, refuseQuery, sessionOf } from '../request-parts.ts';
import type { AppendView } from '../views.ts';

const bodySchema = z.strictObject({
  messages: z
    .array(newMessageSchema)
    .min(1, 'at least 1 message')
    .max(appendBounds.maxMessages, `at most ${appendBounds.maxMessages} messages`),
});

export async function appendMessages(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  refuseQuery(request);
  const { idempotencyKey } = idempotencyKeyOf(request);
  const { messages } = parseInput('body', bodySchema, parseJson(request.body));
  const view: AppendView = await appendAndCommit(context, key, messages, idempotencyKey);
  return { status: view.duplicate ? 200 : 201, body: view };
}
