import type { EarlierMemory, Memory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { isErased, readMemories } from './read-memories.ts';
import type { Statement } from './statement.ts';

/** All that is stored of a subject; what counts of it was said since the scope was erased. */
export interface KnownSubject {
  readonly memory: Memory | undefined;
  readonly statements: readonly Statement[];
  /** Statements from before the scope was erased, which are on their way out. */
  readonly outdated: readonly Statement[];
  readonly earlier: EarlierMemory | undefined;
  /** When the scope was erased; absent: never. */
  readonly erasedAtMs: number | undefined;
}

/**
 * Reads the memory of a subject, and then its statements: a statement that is written in between changes the memory, so
 * that a change which demands the one that was read is refused. A page has 1 MB, which is thousands of statements.
 *
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function readSubject(
  context: Omit<MemoryContext, 'newId'>,
  scope: ScopeKey,
  subject: Subject,
): Promise<KnownSubject> {
  const { memories: found, erasedAtMs } = await readMemories(context, scope, [subject]);
  const [memory] = found;
  const statements: Statement[] = [];
  let after: string | undefined;
  do {
    context.signal?.throwIfAborted();
    const page = await context.memories.listStatements(scope, subject, {
      ...(after !== undefined && { after }),
    });
    statements.push(...page.statements);
    after = page.nextAfter;
  } while (after !== undefined);
  const isKept = ({ saidAtMs }: { readonly saidAtMs: number }) => !isErased(saidAtMs, erasedAtMs);
  const earlier = memory?.earlier;
  return {
    memory,
    statements: statements.filter(isKept),
    outdated: statements.filter((statement) => !isKept(statement)),
    earlier: earlier && isKept(earlier) ? earlier : undefined,
    erasedAtMs,
  };
}
