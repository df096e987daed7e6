import type { EarlierMemory, Memory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { isErased, readMemories } from './read-memories.ts';
import type { Statement } from './statement.ts';

interface MemoryHistory {
  readonly memory: Memory;
  /** A page of what was said, the newest first. */
  readonly statements: readonly Statement[];
  /** On the last page, what was known before there were statements, if anything was. */
  readonly earlier?: EarlierMemory;
  /** Absent on the last page. */
  readonly nextAfter?: string;
}

/**
 * A memory, also one that was taken back, and a page of the statements that it is made of: two requests.
 *
 * @param page.after the name of a statement of this subject.
 * @returns undefined where nothing is known of the subject.
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function readHistory(
  context: Omit<MemoryContext, 'newId'>,
  scope: ScopeKey,
  subject: Subject,
  page: { readonly limit: number; readonly after?: string },
): Promise<MemoryHistory | undefined> {
  const { memories: found, erasedAtMs } = await readMemories(context, scope, [subject]);
  const [memory] = found;
  if (!memory || isErased(memory.lastSeenAtMs, erasedAtMs)) return undefined;
  const { statements, nextAfter } = await context.memories.listStatements(scope, subject, page);
  const kept = statements.filter(({ saidAtMs }) => !isErased(saidAtMs, erasedAtMs));
  if (nextAfter !== undefined && kept.length === statements.length) return { memory, statements, nextAfter };
  const { earlier } = memory;
  const isKept = earlier && !isErased(earlier.saidAtMs, erasedAtMs);
  return { memory, statements: kept, ...(isKept && { earlier }) };
}
