import { allSources } from './all-sources.ts';
import { changeSubject, type SubjectPlan } from './change-subject.ts';
import type { EarlierMemory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { Source } from './memory-store.ts';
import type { KnownSubject } from './read-subject.ts';
import { removeSources } from './remove-sources.ts';
import { sessionsOf } from './rewrite.ts';
import { parseStatementName, type Statement, subjectName } from './statement.ts';

const PAGE = 100;

/**
 * Takes all out of a scope that holds words of a session: its statements, those of others that carry its words on, and
 * what they made of memories. What it had taken back of what others said stays taken back. Nothing may be merged of the session any more: its
 * archives are closed before. Erasing again goes on where it ended.
 *
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function eraseSession(context: MemoryContext, scope: ScopeKey, session: string): Promise<void> {
  await context.memories.markSessionErased(scope, session);
  const sources = await allSources(context, scope, session);
  for (const subject of await subjectsOf(context, scope, { session, sources })) {
    const plan = (known: KnownSubject) => withoutSession(known, session, context.newId);
    await changeSubject(context, scope, subject, { plan });
  }
  await removeSources(context, scope, sources);
}

/** What its sources name, and memories from before there were statements that it gave evidence for. */
async function subjectsOf(
  { memories, signal }: MemoryContext,
  scope: ScopeKey,
  { session, sources }: { readonly session: string; readonly sources: readonly Source[] },
): Promise<Subject[]> {
  const subjects = new Map<string, Subject>();
  for (const name of sources.flatMap(({ names }) => names)) {
    const { category, key } = parseStatementName(name);
    subjects.set(subjectName({ category, key }), { category, key });
  }
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await memories.listMemories(scope, { limit: PAGE, ...(after !== undefined && { after }) });
    for (const { category, key, earlier } of page.memories) {
      if (earlier && isOf(earlier, session)) subjects.set(subjectName({ category, key }), { category, key });
    }
    after = page.nextAfter;
  } while (after !== undefined);
  return [...subjects.values()];
}

function isOf({ sessions, hasUnlistedSessions }: EarlierMemory, session: string): boolean {
  return hasUnlistedSessions === true || sessions.includes(session);
}

function withoutSession(
  { statements, earlier }: KnownSubject,
  session: string,
  newId: () => string,
): SubjectPlan | undefined {
  const isErased = (statement: Statement) => sessionsOf(statement).includes(session);
  const erased = statements.filter(isErased);
  const kept = statements.filter((statement) => !isErased(statement));
  const dropsEarlier = earlier !== undefined && isOf(earlier, session);
  if (erased.length === 0 && !dropsEarlier) return undefined;
  const asserted = [
    ...kept.filter(({ retracts }) => !retracts),
    ...(earlier && !dropsEarlier ? [earlier] : []),
  ];
  // A key that nobody asserts any more may be words of this session.
  if (asserted.length === 0) return { remove: statements, dropsEarlier };
  const retraction = erased.find(({ retracts }) => retracts);
  const isNeeded = retraction && asserted.some(({ saidAtMs }) => saidAtMs <= retraction.saidAtMs);
  return { remove: erased, ...(isNeeded && { put: [anonymous(retraction, newId())] }), dropsEarlier };
}

function anonymous({ category, key, saidAtMs, confidence }: Statement, id: string): Statement {
  return { category, key, text: '', retracts: true, confidence, saidAtMs, by: { kind: 'erased', id } };
}
