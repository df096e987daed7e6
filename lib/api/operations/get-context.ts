import { z } from 'zod';
import { conversationContext } from '../../context/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput } from '../parse-input.ts';
import { integerParameter, sessionOf } from '../request-parts.ts';
import type { ContextView } from '../views.ts';

const MAX_TOKENS = 2_000_000;
const DEFAULT_TOKENS = 16_000;

const querySchema = z.strictObject({
  tokenBudget: integerParameter(1, MAX_TOKENS).default(DEFAULT_TOKENS),
});

/** What a frontend sends to a model to go on with the conversation. */
export async function getContext({ store, lease }: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const { tokenBudget } = parseInput('query', querySchema, request.query);
  const context = await conversationContext(store, key, tokenBudget, lease);
  const view: ContextView = { sessionId: key.session, tokenBudget, ...context };
  return { status: 200, body: view };
}
