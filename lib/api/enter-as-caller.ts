import { embedEntered } from '../meaning/index.ts';
import { type Entry, enterMemory, type Memory, type MemoryContext, type Subject } from '../memory/index.ts';
import type { ApiContext } from './api-context.ts';
import type { ApiRequest } from './api-request.ts';
import { scopeOf } from './memory-parts.ts';

/** Enters a statement of the caller about a subject, and embeds what holds then. @throws what `enterMemory` throws. */
export async function enterAsCaller(
  context: ApiContext,
  request: ApiRequest,
  subject: Subject,
  entry: Entry,
): Promise<Memory> {
  const scope = scopeOf(request);
  const entering = { ...memoryContext(context, request), now: () => context.clock.now() };
  const memory = await enterMemory(entering, scope, subject, { entry, who: request.identity.subject });
  context.onEvent({ type: 'memory.entered', ...scope, entry: entry.kind });
  await embedEntered({ ...context, signal: request.signal }, scope, memory);
  return memory;
}

/** What reading and changing memories depends on, until the request's time is over. */
export function memoryContext({ lease, memories }: ApiContext, { signal }: ApiRequest): MemoryContext {
  return { ...lease, memories, signal };
}
