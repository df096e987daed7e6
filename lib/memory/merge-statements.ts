import { isDeepStrictEqual } from 'node:util';
import { MemoryContendedError } from './errors.ts';
import type { Memory, ScopeKey } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { ArchiveState, ChangeOutcome } from './memory-store.ts';
import { pauseBeforeAttempt } from './pause-before-attempt.ts';
import { isErased, readMemories } from './read-memories.ts';
import { readSubject } from './read-subject.ts';
import { inChanges, type Rewrite } from './rewrite.ts';
import { type Statement, statementName, subjectName } from './statement.ts';
import { viewOf, viewWith } from './view-of.ts';

/** The scope's lease makes conflicts rare: they come from a worker that lost it, and from people. */
const MAX_ATTEMPTS = 5;

/** How many subjects became known, changed, stayed as they were, or were taken back. */
export interface MergeCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retracted: number;
}

/**
 * Merges what an archive says into its scope's memories: a statement for each subject. A statement takes effect with the
 * memory that it makes, or not at all. The order in which archives are merged makes no difference, and merging one again
 * changes nothing. What was said before the scope was erased is left out.
 *
 * For M statements ⌈M / 99⌉ reads and ⌈M / 48⌉ transactions; two reads more for each subject that a person has
 * entered something about, and a transaction more where statements carry on the words of others.
 *
 * @param archive what it awaits; the merge ends when it is gone, or was merged meanwhile. Absent: whatever it is.
 * @returns undefined when it ended so.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function mergeStatements(
  context: MemoryContext,
  scope: ScopeKey,
  statements: readonly Statement[],
  archive?: ArchiveState,
): Promise<MergeCounts | undefined> {
  const counts = { created: 0, updated: 0, unchanged: 0, retracted: 0 };
  let left = statements;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === MAX_ATTEMPTS) throw new MemoryContendedError(left.length, MAX_ATTEMPTS);
    await pauseBeforeAttempt(context, attempt);
    const { memories, erasedAtMs } = await readMemories(context, scope, left);
    const known = new Map(memories.map((memory) => [subjectName(memory), memory]));
    const rewrites = await Promise.all(
      left
        .filter(({ saidAtMs }) => !isErased(saidAtMs, erasedAtMs))
        .map((statement) =>
          rewriteFor(context, scope, statement, { before: known.get(subjectName(statement)), erasedAtMs }),
        ),
    );
    const common = { erasure: { seenAtMs: erasedAtMs }, ...(archive && { archive }) };
    left = [];
    for (const { rewrites: some, change } of inChanges(rewrites, common, context.newId)) {
      const outcome = await context.memories.change(scope, change);
      if (outcome === 'archive-changed') return undefined;
      if (outcome === 'done') for (const rewrite of some) counts[effectOf(rewrite)] += 1;
      else left = [...left, ...some.flatMap(({ put }) => put).filter(isLeftAfter(outcome))];
    }
  }
  return counts;
}

async function rewriteFor(
  context: MemoryContext,
  scope: ScopeKey,
  statement: Statement,
  { before, erasedAtMs }: { readonly before: Memory | undefined; readonly erasedAtMs: number | undefined },
): Promise<Rewrite> {
  const common = { subject: statement, put: [statement], remove: [] };
  // What was known before the scope was erased is on its way out.
  const known = before && !isErased(before.lastSeenAtMs, erasedAtMs) ? before : undefined;
  const after = viewWith(known, statement);
  if (after) return { ...common, before, after };
  const { memory, statements, earlier } = await readSubject(context, scope, statement);
  return { ...common, before: memory, after: viewOf(statement, withOne(statements, statement), earlier) };
}

/** Words of a session that was erased meanwhile are not carried on. */
function isLeftAfter(outcome: ChangeOutcome) {
  return ({ carriedFrom }: Statement) => outcome !== 'session-erased' || carriedFrom === undefined;
}

function withOne(statements: readonly Statement[], statement: Statement): Statement[] {
  const name = statementName(statement);
  return [...statements.filter((one) => statementName(one) !== name), statement];
}

function effectOf({ before, after }: Rewrite): keyof MergeCounts {
  if (!before) return after?.text === undefined ? 'retracted' : 'created';
  if (after?.text === undefined) return before.text === undefined ? 'unchanged' : 'retracted';
  return isDeepStrictEqual({ ...before, revision: '' }, { ...after, revision: '' }) ? 'unchanged' : 'updated';
}
