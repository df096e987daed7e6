import { MemoryContendedError } from './errors.ts';
import type { Memory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { type ArchiveState, type ChangeOutcome, ITEMS_PER_CHANGE } from './memory-store.ts';
import { pauseBeforeAttempt } from './pause-before-attempt.ts';
import { type KnownSubject, readSubject } from './read-subject.ts';
import { inChanges } from './rewrite.ts';
import { type Statement, statementName, subjectName } from './statement.ts';
import { viewOf } from './view-of.ts';

/** A subject that people and workers change at once is read again as often. */
const MAX_ATTEMPTS = 5;
/** Statements that go in one change: each may be listed in many places. */
const MAX_REMOVED = Math.floor(ITEMS_PER_CHANGE / 4);

/** What is to become of a subject. */
export interface SubjectPlan {
  readonly put?: readonly Statement[];
  readonly remove?: readonly Statement[];
  /** What `put` takes the place of under the same names. */
  readonly replaces?: readonly Statement[];
  /** It is the first step: the plan is asked again after it. */
  readonly goesOn?: boolean;
  /** What was known before there were statements goes. */
  readonly dropsEarlier?: boolean;
}

/**
 * Changes the statements of a subject, and its memory with them, by a plan that is made of all that is known of it. What
 * cannot be changed at once is changed in steps; the memory is right after each of them.
 *
 * @param options.plan undefined: nothing is to be changed. Asked again after each change, and when one was refused: told why.
 * @param options.archive what it awaits.
 * @returns the memory as it is then; 'archive-changed' when the archive is gone or awaits something else.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason; what `plan` throws.
 */
export async function changeSubject(
  context: MemoryContext,
  scope: ScopeKey,
  subject: Subject,
  options: {
    readonly plan: (known: KnownSubject, refusal?: ChangeOutcome) => SubjectPlan | undefined;
    readonly archive?: ArchiveState;
  },
): Promise<Memory | undefined | 'archive-changed'> {
  const { memories, newId } = context;
  let refusal: ChangeOutcome | undefined;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; ) {
    await pauseBeforeAttempt(context, attempt);
    const known = await readSubject(context, scope, subject);
    const plan = options.plan(known, refusal);
    if (!plan) return known.memory;
    const { put = [], remove = [], replaces = [], dropsEarlier = false, goesOn = false } = plan;
    const some = remove.slice(0, MAX_REMOVED);
    const after = viewOf(
      subject,
      changed(known.statements, put, some),
      dropsEarlier ? undefined : known.earlier,
    );
    const rewrite = { subject, put, remove: some, replaces, before: known.memory, after };
    const common = {
      erasure: { seenAtMs: known.erasedAtMs },
      ...(options.archive && { archive: options.archive }),
    };
    const [changes] = inChanges([rewrite], common, newId);
    const change = changes?.change ?? common;
    const outcome = await memories.change(scope, change);
    if (outcome === 'archive-changed') return outcome;
    refusal = outcome === 'done' ? undefined : outcome;
    if (refusal) attempt += 1;
    else if (some.length === remove.length && !goesOn) return changes?.change.memories?.[0]?.after;
  }
  throw new MemoryContendedError([subjectName(subject)], MAX_ATTEMPTS);
}

function changed(
  statements: readonly Statement[],
  put: readonly Statement[],
  remove: readonly Statement[],
): Statement[] {
  const gone = new Set([...put, ...remove].map(statementName));
  return [...statements.filter((statement) => !gone.has(statementName(statement))), ...put];
}
