import { z } from 'zod';
import { appendAndCommit } from '../../auto-commit/index.ts';
import { appendBounds, newMessagesSchema } from '../../session/index.ts';
import { AppendTooLargeError } from '../../session-log/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput, parseJson } from '../parse-input.ts';
import { idempotencyKeyOf, refuseQuery, sessionOf } from '../request-parts.ts';
import type { AppendView } from '../views/index.ts';

export const appendMessagesBody = z.strictObject({
  messages: newMessagesSchema.describe(
    '1 to 100 messages, at most 256 KiB of JSON. All of them are stored, or none.',
  ),
});

const tooLarge = (bytes: number) => new AppendTooLargeError(bytes, appendBounds.maxBytes);

export async function appendMessages(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  refuseQuery(request);
  const { idempotencyKey } = idempotencyKeyOf(request);
  const { messages } = parseInput('body', appendMessagesBody, parseJson(request.body, tooLarge));
  const view: AppendView = await appendAndCommit(context, key, messages, idempotencyKey);
  return { status: view.duplicate ? 200 : 201, body: view };
}
