import { allSources } from './all-sources.ts';
import { changeSubject, type SubjectPlan } from './change-subject.ts';
import type { EarlierMemory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { Source } from './memory-store.ts';
import type { KnownSubject } from './read-subject.ts';
import { removeSources } from './remove-sources.ts';
import { sessionsOf } from './rewrite.ts';
import {
  archiveOf,
  isStatementName,
  parseStatementName,
  pendingName,
  type Statement,
  subjectName,
} from './statement.ts';

/**
 * Takes all out of a scope that holds words of a session: its statements, those of others that carry its words on, and
 * what they made of memories. What it had taken back of what others said stays taken back. Nothing may be merged of the session any more: its
 * archives are closed before. Erasing again goes on where it ended.
 *
 * @param dropFound takes words of the session off an archive's manifest, where memories have them that are not merged.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason; what `dropFound` throws.
 */
export async function eraseSession(
  context: MemoryContext,
  scope: ScopeKey,
  session: string,
  dropFound: (archive: { readonly session: string; readonly archive: number }) => Promise<void> = async () =>
    undefined,
): Promise<void> {
  await context.memories.markSessionErased(scope, session);
  const sources = await allSources(context, scope, session);
  for (const { author, names } of sources) {
    const archive = names.includes(pendingName()) ? archiveOf(author) : undefined;
    if (archive) await dropFound(archive);
  }
  for (const subject of await subjectsOf(context, scope, { session, sources })) {
    const plan = (known: KnownSubject) => withoutSession(known, session, context.newId);
    await changeSubject(context, scope, subject, { plan });
  }
  await removeSources(context, scope, [...sources, ...sources.flatMap(announcedFrom)]);
}

/** Where an archive of the session has announced that its manifest holds words of others. */
function announcedFrom({ author, names }: Source): Source[] {
  return names
    .filter((name) => name.startsWith(pendingName('')))
    .map((name) => ({ author, session: name.slice(pendingName('').length), names: [pendingName()] }));
}

/** What its sources name, and memories from before there were statements that it gave evidence for. */
async function subjectsOf(
  { memories, signal }: MemoryContext,
  scope: ScopeKey,
  { session, sources }: { readonly session: string; readonly sources: readonly Source[] },
): Promise<Subject[]> {
  const subjects = new Map<string, Subject>();
  for (const name of sources.flatMap(({ names }) => names).filter(isStatementName)) {
    const { category, key } = parseStatementName(name);
    subjects.set(subjectName({ category, key }), { category, key });
  }
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await memories.listMemories(scope, { ...(after !== undefined && { after }) });
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
  const isErased = ({ by, carriedFrom = [] }: Statement) =>
    (by.kind === 'archive' && by.session === session) || carriedFrom.some((group) => isAlone(group, session));
  const erased = statements.filter(isErased);
  const kept = statements.filter((statement) => !isErased(statement));
  const shared = kept.filter((statement) => sessionsOf(statement).includes(session));
  const dropsEarlier = earlier !== undefined && isOf(earlier, session);
  if (erased.length + shared.length === 0 && !dropsEarlier) return undefined;
  const asserted = [
    ...kept.filter(({ retracts, restores }) => !retracts && !restores),
    ...(earlier && !dropsEarlier ? [earlier] : []),
  ];
  // A key that nobody asserts any more may be words of this session.
  if (asserted.length === 0) return { remove: statements, dropsEarlier };
  const retraction = erased.find(({ retracts }) => retracts);
  const isNeeded = retraction && asserted.some(({ saidAtMs }) => saidAtMs <= retraction.saidAtMs);
  const put = [
    ...shared.map((statement) => without(statement, session)),
    ...(isNeeded ? [anonymous(retraction, newId())] : []),
  ];
  return { remove: erased, put, dropsEarlier };
}

function isAlone(group: readonly string[], session: string): boolean {
  return group.length === 1 && group[0] === session;
}

/** Others said the same words: the statement stays as long as one of them does. */
function without({ carriedFrom = [], ...statement }: Statement, session: string): Statement {
  return { ...statement, carriedFrom: carriedFrom.map((group) => group.filter((one) => one !== session)) };
}

function anonymous({ category, key, saidAtMs, confidence }: Statement, id: string): Statement {
  return { category, key, text: '', retracts: true, confidence, saidAtMs, by: { kind: 'erased', id } };
}
