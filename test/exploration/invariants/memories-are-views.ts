import { isDeepStrictEqual } from 'node:util';
import { type Statement, statementName, subjectName, viewOf } from '../../../lib/memory/index.ts';
import type { StoredScope } from '../world/stored-scope.ts';
import type { Invariant } from './invariant.ts';

/**
 * At every moment a memory is what its statements make it, every statement is listed where the deletion of its session
 * looks for it, and what a person was told is entered is there.
 */
export const memoriesAreViews: Invariant = {
  name: 'memories-are-views',
  afterStep({ before, after }) {
    const { memories: scope, ledger } = after;
    if (before.memories === scope && before.ledger.entered === ledger.entered) return undefined;
    const people = [...scope.statements.values()].filter(({ by }) => by.kind === 'person');
    const lost = ledger.entered.find((atMs) => !people.some(({ saidAtMs }) => saidAtMs === atMs));
    if (lost !== undefined && scope.erasedAtMs === undefined) return `what was entered at ${lost} ms is gone`;
    return otherThanItsStatements(scope) ?? unlisted(scope);
  },
};

function otherThanItsStatements({ memories, statements }: StoredScope): string | undefined {
  const bySubject = Map.groupBy(statements.values(), subjectName);
  for (const name of new Set([...bySubject.keys(), ...memories.keys()])) {
    const memory = memories.get(name);
    const said = bySubject.get(name) ?? [];
    const [first = memory] = said;
    if (!first) continue;
    const { revision: _, ...view } = memory ?? {};
    if (!isDeepStrictEqual(view, viewOf(first, said) ?? {}))
      return `memory '${name}' is not what its statements make it`;
  }
  return undefined;
}

function unlisted({ sources, statements }: StoredScope): string | undefined {
  const listed = new Set([...sources.values()].flatMap(({ names }) => names));
  const isListed = (statement: Statement) =>
    statement.by.kind !== 'archive' || listed.has(statementName(statement));
  const strange = [...statements.values()].find((statement) => !isListed(statement));
  return strange && `statement '${statementName(strange)}' is listed nowhere`;
}
