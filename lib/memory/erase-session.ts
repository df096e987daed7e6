import { allSources } from './all-sources.ts';
import { ANY_SESSION } from './bounded-carried.ts';
import { changeSubject, type SubjectPlan } from './change-subject.ts';
import type { EarlierMemory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { Source } from './memory-store.ts';
import type { KnownSubject } from './read-subject.ts';
import { removeSources } from './remove-sources.ts';
import { sessionsOf } from './rewrite.ts';
import { archiveOfAuthor, parseStatementName, type Statement, subjectName } from './statement.ts';

/**
 * Takes all out of a scope that holds words of a session: its statements, those of others that carry its words on, and
 * what they made of memories. What it had taken back of what others said stays taken back. Nothing may be merged of the session any more: its
 * archives are closed before. Erasing again goes on where it ended.
 *
 * @param strike takes off the manifest of another session's archive what carries the words on and is not merged yet. Told of
 *   each archive that may have such.
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function eraseSession(
  context: MemoryContext,
  scope: ScopeKey,
  session: string,
  strike: (archive: { readonly session: string; readonly archive: number }) => Promise<void> = async () =>
    undefined,
): Promise<void> {
  const names = [session, ANY_SESSION];
  for (const name of names) await context.memories.markSessionErased(scope, name);
  const sources = (await Promise.all(names.map((name) => allSources(context, scope, name)))).flat();
  for (const subject of await subjectsOf(context, scope, { session, sources })) {
    const plan = (known: KnownSubject) => withoutSession(known, session, context.newId);
    await changeSubject(context, scope, subject, { plan });
  }
  for (const author of new Set(sources.map((source) => source.author))) {
    const archive = archiveOfAuthor(author);
    if (archive && archive.session !== session) await strike(archive);
  }
  await removeSources(context, scope, sources, { areStruck: true });
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
  const isShared = (statement: Statement) =>
    sessionsOf(statement).some((one) => one === session || one === ANY_SESSION);
  const erased = statements.filter((statement) => isOnlyOf(statement, session));
  const kept = statements.filter((statement) => !isOnlyOf(statement, session));
  const shared = kept.filter(isShared);
  const dropsEarlier = earlier !== undefined && isOf(earlier, session);
  if (erased.length + shared.length === 0 && !dropsEarlier) return undefined;
  const asserted = [
    ...kept.filter(({ retracts, restores }) => !retracts && !restores),
    ...(earlier && !dropsEarlier ? [earlier] : []),
  ];
  // A key that nobody asserts any more may be words of this session.
  if (asserted.length === 0) return { remove: statements, dropsEarlier, addsNothing: true };
  const retraction = erased.find(({ retracts }) => retracts);
  const isKept = ({ by, saidAtMs }: Statement) => by.kind === 'erased' && saidAtMs === retraction?.saidAtMs;
  const isNeeded =
    retraction &&
    asserted.some(({ saidAtMs }) => saidAtMs <= retraction.saidAtMs) &&
    !statements.some(isKept);
  const put = [
    ...(isNeeded ? [anonymous(retraction, newId())] : []),
    ...shared.map((statement) => without(statement, session)),
  ];
  return { remove: erased, put, dropsEarlier, addsNothing: true };
}

/** What a person took back or restored stays so as long as others say it: then they say its key as well. */
function isOnlyOf({ by, retracts, restores, carriedFrom = [] }: Statement, session: string): boolean {
  if (by.kind === 'person' && (retracts || restores)) return false;
  const isOwn = by.kind === 'archive' && by.session === session;
  return isOwn || carriedFrom.some((group) => goesWith(group, session));
}

function goesWith(group: readonly string[], session: string): boolean {
  return group.every((one) => one === session || one === ANY_SESSION);
}

/** Others said the same words: the statement stays as long as one of them does. */
function without({ carriedFrom = [], ...statement }: Statement, session: string): Statement {
  const groups = carriedFrom.filter((group) => !goesWith(group, session));
  return { ...statement, carriedFrom: groups.map((group) => group.filter((one) => one !== session)) };
}

function anonymous({ category, key, saidAtMs, confidence }: Statement, id: string): Statement {
  return { category, key, text: '', retracts: true, confidence, saidAtMs, by: { kind: 'erased', id } };
}
