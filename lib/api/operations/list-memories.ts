import { z } from 'zod';
import { nameSchema } from '../../session/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { parseInput } from '../parse-input.ts';
import { integerParameter } from '../request-parts.ts';
import { toMemoryView } from '../to-view.ts';
import type { MemoriesView } from '../views.ts';

const isWellFormed = (text: string) => text.isWellFormed();
const pathSchema = z.looseObject({ scope: nameSchema });
const querySchema = z.strictObject({
  after: z.string().max(200).refine(isWellFormed, 'must be well-formed text').optional(),
  limit: integerParameter(1, 1_000).default(100),
});

export async function listMemories(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const { scope } = parseInput('path', pathSchema, request.path);
  const { after, limit } = parseInput('query', querySchema, request.query);
  const { memories, nextAfter } = await context.memories.listMemories(
    { tenant: request.identity.tenant, scope },
    { limit, ...(after !== undefined && { after }) },
  );
  const view: MemoriesView = {
    scope,
    memories: memories.flatMap((memory) => toMemoryView(memory) ?? []),
    ...(nextAfter !== undefined && { nextAfter }),
  };
  return { status: 200, body: view };
}
