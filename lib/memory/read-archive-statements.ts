import { batches } from '../batch/index.ts';
import { allSources } from './all-sources.ts';
import { byText } from './by-text.ts';
import { toMemoryStoreError } from './errors.ts';
import type { ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { STATEMENTS_PER_REQUEST } from './memory-store.ts';
import { authorName, type Statement, statementName } from './statement.ts';

const { readInBatches } = batches(toMemoryStoreError);

/**
 * What an archive says now in a scope, in the order of the statements' names: a read of its source, and one for each 100
 * statements.
 *
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; ItemUnreadableError, ItemTooNewError; the signal's reason.
 */
export async function readArchiveStatements(
  context: Omit<MemoryContext, 'newId'>,
  scope: ScopeKey,
  { session, archive }: { readonly session: string; readonly archive: number },
): Promise<Statement[]> {
  const author = authorName({ kind: 'archive', session, archive, messageId: '', model: '' });
  const sources = await allSources(context, scope, session, author);
  const names = sources.flatMap((source) => source.names);
  const read = async (some: readonly string[]) => {
    const { statements, left } = await context.memories.readStatements(scope, some);
    return { found: statements, left };
  };
  const request = { most: STATEMENTS_PER_REQUEST, read };
  const found = await readInBatches('readStatements', names, request, context);
  return found.toSorted((a, b) => byText(statementName(a), statementName(b)));
}
