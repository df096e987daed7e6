import { z } from 'zod';
import {
  type ContextWithMemories,
  contextAsMessages,
  contextAsText,
  contextWithMemories,
  DEFAULT_MEMORY_SHARE,
} from '../../context/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput } from '../parse-input.ts';
import { integerParameter, sessionOf } from '../request-parts.ts';
import { searchTextSchema } from '../search-parts.ts';
import { toContextMemoryView } from '../to-view.ts';
import type { ContextMessagesView, ContextTextView, ContextView } from '../views/index.ts';

const MAX_TOKENS = 2_000_000;
const DEFAULT_TOKENS = 16_000;
const MAX_MEMORY_SHARE = 0.5;

const expectedShare = `a number from 0 to ${MAX_MEMORY_SHARE}, such as 0.2`;

export const getContextQuery = z.strictObject({
  tokenBudget: integerParameter(1, MAX_TOKENS)
    .default(DEFAULT_TOKENS)
    .meta({
      documentedAs: z.int().min(1).max(MAX_TOKENS).default(DEFAULT_TOKENS),
      description:
        "How many tokens there is room for. They are estimated without a model's vocabulary: leave a margin.",
    }),
  query: searchTextSchema
    .describe(
      'What memories are to be near to: 1 to 1000 characters (UTF-16 units). Unless given, what the user said last.',
    )
    .optional(),
  memoryShare: z
    .string()
    .regex(/^\d(\.\d{1,6})?$/, expectedShare)
    .transform(Number)
    .pipe(z.number().max(MAX_MEMORY_SHARE, expectedShare))
    .default(DEFAULT_MEMORY_SHARE)
    .meta({
      documentedAs: z.number().min(0).max(MAX_MEMORY_SHARE).default(DEFAULT_MEMORY_SHARE),
      description:
        'The part of the budget that memories may take, with at most six decimals; 0 reads none. What they do not use is left to the messages.',
    }),
  format: z
    .enum(['json', 'messages', 'text'], "'json', 'messages' or 'text'")
    .default('json')
    .describe('The form of the answer: its parts, messages that are ready for a chat model, or one text.'),
});

/** What a frontend sends to a model to go on with the conversation. */
export async function getContext(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const { format, ...asked } = parseInput('query', getContextQuery, request.query);
  const found = await contextWithMemories(context, key, {
    ...asked,
    isFramed: format !== 'json',
    signal: request.signal,
  });
  const { tokens, dropped, memoriesUnavailable } = found;
  const facts = {
    sessionId: key.session,
    tokenBudget: asked.tokenBudget,
    tokens,
    ...(dropped && { dropped }),
    ...(memoriesUnavailable && { memoriesUnavailable }),
  };
  return { status: 200, body: { ...facts, ...forms[format](found) } };
}

const forms = {
  json: ({ memories, summaries, messages }) => ({
    memories: memories.map(toContextMemoryView),
    summaries,
    messages,
  }),
  messages: (found) => ({ messages: contextAsMessages(found) }),
  text: (found) => ({ text: contextAsText(found) }),
} satisfies {
  json(found: ContextWithMemories): Pick<ContextView, 'memories' | 'summaries' | 'messages'>;
  messages(found: ContextWithMemories): Pick<ContextMessagesView, 'messages'>;
  text(found: ContextWithMemories): Pick<ContextTextView, 'text'>;
};
