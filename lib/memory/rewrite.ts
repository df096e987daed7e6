import type { Memory, Subject } from './memory.ts';
import { ITEMS_PER_CHANGE, type MemoryChange, type Source } from './memory-store.ts';
import { authorName, type Statement, statementName } from './statement.ts';
import type { View } from './view-of.ts';

/** How one subject changes: its statements, and the memory that they make. */
export interface Rewrite {
  readonly subject: Subject;
  readonly put: readonly Statement[];
  readonly remove: readonly Statement[];
  /** What `put` takes the place of under the same names: sessions whose words only these hold list the names no more. */
  readonly replaces?: readonly Statement[];
  readonly before: Memory | undefined;
  /** Absent: nothing is known any more. */
  readonly after: View | undefined;
  /** No word comes with what is put; so it does not matter whether those that it carries on are erased. */
  readonly addsNothing?: true;
}

type Common = Pick<MemoryChange, 'erasure' | 'archive'>;

/**
 * Changes of at most `ITEMS_PER_CHANGE` items that make all of the rewrites, each of them in one change.
 *
 * @param common what each of the changes demands.
 */
export function* inChanges<R extends Rewrite>(
  rewrites: Iterable<R>,
  common: Common,
  newId: () => string,
): Generator<{ readonly rewrites: readonly R[]; readonly change: MemoryChange }> {
  const room = ITEMS_PER_CHANGE - Object.keys(common).length;
  let some: R[] = [];
  const whole = () => ({ rewrites: some, change: { ...common, ...changeOf(some, newId()) } });
  for (const rewrite of rewrites) {
    if (some.length > 0 && itemsOf([...some, rewrite]) > room) {
      yield whole();
      some = [];
    }
    some.push(rewrite);
  }
  if (some.length > 0) yield whole();
}

function changeOf(rewrites: readonly Rewrite[], revision: string): MemoryChange {
  return {
    put: rewrites.flatMap(({ put }) => put),
    remove: rewrites.flatMap(({ remove }) => remove.map(statementName)),
    memories: rewrites.map(({ subject, before, after }) => ({
      subject,
      before: before?.revision,
      after: after && { ...after, revision },
    })),
    sources: sourcesOf(rewrites),
    carriedFrom: carriedBy(rewrites),
  };
}

function carriedBy(rewrites: readonly Rewrite[]): string[] {
  return [
    ...new Set(
      rewrites.flatMap(({ put, addsNothing }) =>
        addsNothing ? [] : put.flatMap(({ carriedFrom = [] }) => carriedFrom.flat()),
      ),
    ),
  ];
}

/** How many items a change takes that makes these, without what it demands. */
export function itemsOf(rewrites: readonly Rewrite[]): number {
  const statements = rewrites.reduce((sum, { put, remove }) => sum + put.length + remove.length, 0);
  return statements + rewrites.length + sourcesOf(rewrites).length + carriedBy(rewrites).length;
}

/** Where the names of what is put and removed are listed: with its author's session, and with those that it carries on. */
function sourcesOf(rewrites: readonly Rewrite[]): NonNullable<MemoryChange['sources']> {
  const sources = new Map<string, Pick<Source, 'session' | 'author'> & { add: string[]; drop: string[] }>();
  const list = (statement: Statement, what: 'add' | 'drop') => {
    const author = authorName(statement.by);
    for (const session of sessionsOf(statement)) {
      const source = sources.get(`${session}#${author}`) ?? { session, author, add: [], drop: [] };
      source[what].push(statementName(statement));
      sources.set(`${session}#${author}`, source);
    }
  };
  for (const { put, remove, replaces = [] } of rewrites) {
    for (const statement of put) list(statement, 'add');
    for (const statement of [...remove, ...replaces]) list(statement, 'drop');
  }
  // A set cannot gain and lose names in one write. That a source names what is gone harms nothing.
  return [...sources.values()].map(({ drop, ...source }) =>
    source.add.length > 0 ? source : { ...source, drop },
  );
}

/** The sessions whose words a statement holds, or shares with others. */
export function sessionsOf({ by, carriedFrom = [] }: Pick<Statement, 'by' | 'carriedFrom'>): string[] {
  return [...new Set([...(by.kind === 'archive' ? [by.session] : []), ...carriedFrom.flat()])];
}
