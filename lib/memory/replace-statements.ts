import { isDeepStrictEqual } from 'node:util';
import { allSources } from './all-sources.ts';
import { boundedCarried } from './bounded-carried.ts';
import { changeSubject } from './change-subject.ts';
import type { ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { ArchiveState, ChangeOutcome } from './memory-store.ts';
import { isErased } from './read-memories.ts';
import type { KnownSubject } from './read-subject.ts';
import { authorName, parseStatementName, type Statement, statementName, subjectName } from './statement.ts';

/** How many subjects got a statement of the archive, another one, or none any more, or kept theirs. */
export interface ReplacementCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retracted: number;
}

/**
 * Lets statements take the place of those that an archive has made in a scope before, and of no others. Replacing them
 * again changes nothing. What was said before the scope was erased is left out, and so is what carries on words of a
 * session that is erased meanwhile.
 *
 * For each subject two reads, and a transaction where something changes; two of each where the time changes.
 *
 * @param archive what it awaits; the replacement ends when it is gone, or awaits something else.
 * @returns undefined when it ended so.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function replaceStatements(
  context: MemoryContext,
  scope: ScopeKey,
  statements: readonly Statement[],
  archive: ArchiveState,
): Promise<ReplacementCounts | undefined> {
  const { session } = archive;
  const author = authorName({ kind: 'archive', messageId: '', model: '', ...archive });
  const old = (await allSources(context, scope, session, author)).flatMap(({ names }) => names);
  const wanted = new Map(statements.map((statement) => [subjectName(statement), statement]));
  const subjects = new Map<string, Subject>(wanted);
  for (const name of old) subjects.set(subjectName(parseStatementName(name)), parseStatementName(name));
  const counts = { created: 0, updated: 0, unchanged: 0, retracted: 0 };
  for (const [name, subject] of subjects) {
    let effect: keyof ReplacementCounts = 'unchanged';
    let isRefused = false;
    const plan = (known: KnownSubject, refused?: ChangeOutcome) => {
      // Words of a session that was erased meanwhile are not carried on.
      isRefused ||= refused === 'session-erased';
      const planned = planFor(known, { author, wanted: isRefused ? undefined : wanted.get(name) });
      if (planned) effect = planned.effect;
      return planned;
    };
    if ((await changeSubject(context, scope, subject, { plan, archive })) === 'archive-changed')
      return undefined;
    counts[effect] += 1;
  }
  const names = new Set(statements.map(statementName));
  const drop = old.filter((name) => !names.has(name));
  if (drop.length > 0)
    await context.memories.change(scope, { archive, sources: [{ session, author, drop }] });
  return counts;
}

function planFor(
  { statements, earlier, erasedAtMs }: KnownSubject,
  { author, wanted }: { readonly author: string; readonly wanted: Statement | undefined },
) {
  const before = statements.filter(({ by }) => authorName(by) === author);
  const isWanted = wanted && !isErased(wanted.saidAtMs, erasedAtMs);
  const isPut = isWanted && !before.some((one) => isDeepStrictEqual(one, wanted));
  const isSame = (one: Statement) => isWanted && statementName(one) === statementName(wanted);
  const others = before.filter((one) => !isSame(one));
  const effect = !isWanted ? 'retracted' : before.length > 0 ? 'updated' : 'created';
  if (isPut) {
    // What goes goes in a step of its own: a source cannot gain and lose names in one.
    return { put: [wanted], replaces: before.filter(isSame), goesOn: others.length > 0, effect } as const;
  }
  if (others.length === 0) return undefined;
  const rest = statements.filter(({ by }) => authorName(by) !== author);
  const isLeft = earlier !== undefined || isAsserted([...rest, ...before.filter(isSame)]);
  const heir = isLeft ? undefined : heirOf(rest, others);
  return { remove: others, effect, ...(heir && { put: [heir], addsNothing: true as const }) } as const;
}

function isAsserted(statements: readonly Statement[]): boolean {
  return statements.some(({ retracts, restores }) => !retracts && !restores);
}

/**
 * What is left when nobody says any more what was taken back: the newest statement names the subject in words that only
 * those said who are gone, so it has to go with their sessions.
 */
function heirOf([newest]: readonly Statement[], gone: readonly Statement[]): Statement | undefined {
  const groups = gone.flatMap(({ by, carriedFrom = [] }) => [
    ...(by.kind === 'archive' ? [[by.session]] : []),
    ...carriedFrom,
  ]);
  if (!newest || groups.length === 0) return undefined;
  const { carriedFrom = [] } = newest;
  const added = groups.filter((group) => !carriedFrom.some((one) => isDeepStrictEqual(one, group)));
  return added.length === 0
    ? undefined
    : { ...newest, carriedFrom: boundedCarried([...carriedFrom, ...added]) };
}
