import { MemoryContendedError } from './errors.ts';
import type { Memory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import { type ArchiveState, type ChangeOutcome, ITEMS_PER_CHANGE } from './memory-store.ts';
import { pauseBeforeAttempt } from './pause-before-attempt.ts';
import { type KnownSubject, readSubject } from './read-subject.ts';
import { inChanges, itemsOf } from './rewrite.ts';
import { type Statement, statementName } from './statement.ts';
import { viewOf } from './view-of.ts';

/** A subject that people and workers change at once is read again as often. */
const MAX_ATTEMPTS = 5;
/** What a change may demand: that the scope was not erased, and what the archive awaits. */
const DEMANDS = 2;

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
  /** No word comes with what is put: it may hold words of sessions that are being erased, which go when their turn comes. */
  readonly addsNothing?: true;
}

/**
 * Changes the statements of a subject, and its memory with them, by a plan that is made of all that is known of it. What
 * cannot be changed at once is changed in steps; the memory is right after each of them.
 *
 * @param options.plan undefined: nothing is to be changed. Asked again after each change, and with the reason when one was refused.
 * @param options.archive what it awaits.
 * @returns the memory as it is then; 'archive-changed' when the archive is gone or awaits something else.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason; what `plan` throws.
 */
export async function changeSubject(
  context: MemoryContext,
  scope: ScopeKey,
  subject: Subject,
  options: {
    readonly plan: (known: KnownSubject, refused?: ChangeOutcome) => SubjectPlan | undefined;
    readonly archive?: ArchiveState;
  },
): Promise<Memory | undefined | 'archive-changed'> {
  const { memories, newId } = context;
  let refused: ChangeOutcome | undefined;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; ) {
    await pauseBeforeAttempt(context, attempt);
    const known = await readSubject(context, scope, subject);
    const plan = options.plan(known, refused);
    if (!plan) return known.memory;
    const step = firstStep(subject, plan);
    const after = viewOf(
      subject,
      changed(known.statements, step.put, step.remove),
      plan.dropsEarlier ? undefined : known.earlier,
    );
    const rewrite = { ...step, before: known.memory, after };
    const common = {
      erasure: { seenAtMs: known.erasedAtMs },
      ...(options.archive && { archive: options.archive }),
    };
    const [changes] = inChanges([rewrite], common, newId);
    const change = changes?.change ?? common;
    const outcome = await memories.change(scope, change);
    if (outcome === 'archive-changed') return outcome;
    refused = outcome === 'done' ? undefined : outcome;
    if (refused) attempt += 1;
    else if (step.isLast && !plan.goesOn) return changes?.change.memories?.[0]?.after;
  }
  throw new MemoryContendedError(1, MAX_ATTEMPTS);
}

/** As much of a plan as one change has room for. A statement may be listed in 41 sources. */
function firstStep(subject: Subject, { put = [], remove = [], replaces = [], addsNothing }: SubjectPlan) {
  const step = (puts: readonly Statement[], removes: readonly Statement[]) => ({
    ...{ subject, put: puts, remove: removes, replaces, before: undefined, after: undefined },
    ...(addsNothing && { addsNothing }),
  });
  const fits = (puts: readonly Statement[], removes: readonly Statement[]) =>
    itemsOf([step(puts, removes)]) <= ITEMS_PER_CHANGE - DEMANDS;
  const puts = longestOf(put, 1, (some) => fits(some, []));
  const removes = longestOf(remove, puts.length > 0 ? 0 : 1, (some) => fits(puts, some));
  return { ...step(puts, removes), isLast: puts.length === put.length && removes.length === remove.length };
}

function longestOf<T>(all: readonly T[], least: number, fits: (some: readonly T[]) => boolean): readonly T[] {
  let length = Math.min(all.length, least);
  while (length < all.length && fits(all.slice(0, length + 1))) length += 1;
  return all.slice(0, length);
}

function changed(
  statements: readonly Statement[],
  put: readonly Statement[],
  remove: readonly Statement[],
): Statement[] {
  const gone = new Set([...put, ...remove].map(statementName));
  return [...statements.filter((statement) => !gone.has(statementName(statement))), ...put];
}
