import type { ScopeKey } from '../memory/index.ts';
import { checkSubject } from './check-subject.ts';
import { type Finding, finding, itemFinding } from './finding.ts';
import type { MemoryItems } from './memory-items.ts';
import { type ReadScope, readWholeScope } from './read-whole-scope.ts';

export interface ScopeReport {
  readonly key: ScopeKey;
  readonly memories: number;
  readonly statements: number;
  /** Memories from before there were statements, whose words nobody can tell apart. */
  readonly earlier: number;
  readonly findings: readonly Finding[];
}

/**
 * Reads all of a scope and says what is not as it should be: each memory is what its statements make, and each statement
 * is listed where the deletion of its session looks for it. What is found in a scope that changes meanwhile counts if it is found
 * when the scope is read again, too.
 *
 * @throws StoreUnavailableError; the signal's reason.
 */
export async function verifyScope(
  memoryItems: Pick<MemoryItems, 'ofScope'>,
  key: ScopeKey,
  signal: AbortSignal,
): Promise<ScopeReport> {
  const read = () => readWholeScope(memoryItems.ofScope(key), signal);
  const first = check(await read());
  if (first.findings.length === 0) return { key, ...first };
  const second = check(await read());
  const before = new Set(first.findings.map(nameOf));
  return { key, ...second, findings: second.findings.filter((found) => before.has(nameOf(found))) };
}

function nameOf({ code, what }: Finding): string {
  return `${code} ${what}`;
}

function check(scope: ReadScope): Omit<ScopeReport, 'key'> {
  const subjects = [...scope.subjects.values()];
  const said = new Set(subjects.flatMap(({ statements }) => statements.map(({ name }) => name)));
  const listed = new Set([...scope.listed.values()].flatMap((names) => [...names]));
  const surplus = [...listed].filter((name) => !said.has(name)).length;
  return {
    memories: subjects.filter(({ memory }) => memory).length,
    statements: said.size,
    earlier: subjects.filter(({ memory }) => memory?.earlier).length,
    findings: [
      ...subjects.flatMap((subject) => checkSubject(scope, subject)),
      ...(surplus > 0
        ? [finding('source-surplus', `Its sources name ${surplus} statements that are not there.`)]
        : []),
      ...[...scope.unreadable.values()].map((error) => itemFinding(error)),
    ],
  };
}
