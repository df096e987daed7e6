import { allSources } from './all-sources.ts';
import { MemoryContendedError } from './errors.ts';
import type { Memory, ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { pauseBeforeAttempt } from './pause-before-attempt.ts';
import { isErased } from './read-memories.ts';
import { removeSources } from './remove-sources.ts';
import { parseStatementName } from './statement.ts';

const PAGE = 100;
const MAX_ATTEMPTS = 5;

/**
 * Erases all that is known in a scope: statements, memories, and where they came from. What was said until now is not
 * remembered again, however late it is merged; what is said from now on is. Erasing again goes on where it ended, and takes
 * what was said meanwhile, too.
 *
 * @returns what was said until then is gone: until now, or until the newest that was there, where another clock is ahead.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function eraseScope(context: MemoryContext, scope: ScopeKey, nowMs: number): Promise<number> {
  const untilMs = Math.max(nowMs, await lastSeen(context, scope));
  const erasedAtMs = await context.memories.markErased(scope, untilMs);
  await eraseStatements(context, scope, erasedAtMs);
  await eraseMemories(context, scope, erasedAtMs);
  const sources = await allSources(context, scope);
  const isOld = (name: string) => isErased(parseStatementName(name).saidAtMs, erasedAtMs);
  await removeSources(
    context,
    scope,
    sources.map((source) => ({ ...source, names: source.names.filter(isOld) })),
  );
  return erasedAtMs;
}

/** What people enter is later than all that they correct, whatever the clocks say. */
async function lastSeen({ memories, signal }: MemoryContext, scope: ScopeKey): Promise<number> {
  let newestMs = 0;
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await memories.listMemories(scope, { ...(after !== undefined && { after }) });
    for (const { lastSeenAtMs } of page.memories) newestMs = Math.max(newestMs, lastSeenAtMs);
    after = page.nextAfter;
  } while (after !== undefined);
  return newestMs;
}

async function eraseStatements({ memories, signal }: MemoryContext, scope: ScopeKey, erasedAtMs: number) {
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await memories.listStatementNames(scope, {
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    const remove = page.names.filter((name) => isErased(parseStatementName(name).saidAtMs, erasedAtMs));
    if (remove.length > 0) await memories.change(scope, { remove });
    after = page.nextAfter;
  } while (after !== undefined);
}

async function eraseMemories(context: MemoryContext, scope: ScopeKey, erasedAtMs: number) {
  let after: string | undefined;
  do {
    const page = { limit: PAGE, ...(after !== undefined && { after }) };
    after = await eraseMemoriesOf(context, scope, { page, erasedAtMs });
  } while (after !== undefined);
}

/** One page; read again when others change it, who can only make newer memories of these. */
async function eraseMemoriesOf(
  context: MemoryContext,
  scope: ScopeKey,
  { page, erasedAtMs }: { page: { readonly limit: number; readonly after?: string }; erasedAtMs: number },
): Promise<string | undefined> {
  let old: readonly Memory[] = [];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    await pauseBeforeAttempt(context, attempt);
    const { memories, nextAfter } = await context.memories.listMemories(scope, page);
    old = memories.filter(({ lastSeenAtMs }) => isErased(lastSeenAtMs, erasedAtMs));
    if (old.length === 0) return nextAfter;
    const gone = old.map((memory) => ({ subject: memory, before: memory.revision }));
    if ((await context.memories.change(scope, { memories: gone })) === 'done') return nextAfter;
  }
  throw new MemoryContendedError(old.length, MAX_ATTEMPTS);
}
