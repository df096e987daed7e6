import { z } from 'zod';
import { eraseSubject } from '../../memory/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { enterAsCaller, memoryContext } from '../enter-as-caller.ts';
import { scopeOf, subjectOf } from '../memory-parts.ts';
import { parseInput } from '../parse-input.ts';
import { flagSchema } from '../request-parts.ts';

export const forgetMemoryQuery = z.strictObject({
  erase: flagSchema.describe('Whether to erase it with its history, for good.'),
});

/** Takes a memory back, so that it can be restored; erases it with its history when asked to. */
export async function forgetMemory(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const [scope, subject] = [scopeOf(request), subjectOf(request)];
  const { erase } = parseInput('query', forgetMemoryQuery, request.query);
  if (erase) {
    await eraseSubject(memoryContext(context, request), scope, subject);
    context.onEvent({ type: 'memory.erased', ...scope });
  } else {
    await enterAsCaller(context, request, subject, { kind: 'forget' });
  }
  return { status: 204 };
}
