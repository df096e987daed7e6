import { isDeepStrictEqual } from 'node:util';
import { authorName, isErased, type Memory, type Statement, sessionsOf, viewOf } from '../memory/index.ts';
import { sortKeyRanges, sortKeys } from '../table/index.ts';
import { type Finding, finding } from './finding.ts';
import type { ReadScope, ReadSubject } from './read-whole-scope.ts';

type Named = ReadSubject['statements'][number];

/** Checks one memory of a scope against its statements, and where they are listed. */
export function checkSubject(scope: ReadScope, { name, memory, statements }: ReadSubject): Finding[] {
  const outlived = statements.filter(({ statement }) => isOutlived(scope, statement));
  const kept = statements.filter((one) => !outlived.includes(one));
  return [
    ...outlived.map((one) =>
      finding('statement-outlived', `Statement '${one.name}' is of a session or a time that is erased.`),
    ),
    // What is on its way out makes no memory, or one that is on its way out.
    ...(outlived.length === 0 && isReadable(scope, name)
      ? checkView(scope, { name, memory, statements })
      : []),
    ...kept.flatMap((one) => checkListed(scope, one)),
  ];
}

/** Whether all that makes the memory could be read. */
function isReadable({ unreadable }: ReadScope, name: string): boolean {
  if (unreadable.has(sortKeys.memory(name))) return false;
  return ![...unreadable.keys()].some((sk) => sk.startsWith(sortKeyRanges.statementsOf(name)));
}

function isOutlived({ erased, erasedAtMs }: ReadScope, statement: Statement): boolean {
  if (isErased(statement.saidAtMs, erasedAtMs)) return true;
  return sessionsOf(statement).some((session) => erased.has(session));
}

function checkView({ erasedAtMs }: ReadScope, { name, memory, statements }: ReadSubject): Finding[] {
  const subject = memory ?? statements[0]?.statement;
  if (!subject) return [];
  const earlier =
    memory?.earlier && !isErased(memory.earlier.saidAtMs, erasedAtMs) ? memory.earlier : undefined;
  const view = viewOf(
    subject,
    statements.map(({ statement }) => statement),
    earlier,
  );
  if (!memory)
    return view ? [finding('memory-missing', `Memory '${name}' is not there; its statements are.`)] : [];
  return isDeepStrictEqual(withoutRevision(memory), view)
    ? []
    : [finding('memory-stale', `Memory '${name}' is not what its ${statements.length} statements make it.`)];
}

function withoutRevision({ revision: _, ...view }: Memory) {
  return view;
}

function checkListed({ listed }: ReadScope, { name, statement }: Named): Finding[] {
  return sessionsOf(statement)
    .filter((session) => !listed.get(session)?.has(name))
    .map((session) =>
      finding(
        'statement-unlisted',
        `Statement '${name}' is not listed in SOURCE#${session}#${authorName(statement.by)}.`,
      ),
    );
}
