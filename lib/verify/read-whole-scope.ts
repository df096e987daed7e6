import { type Memory, type Statement, subjectName } from '../memory/index.ts';
import type { ItemError } from '../table/index.ts';
import type { ScopeItem } from './memory-items.ts';

/** All of a scope, by subjects. */
export interface ReadScope {
  /** By `subjectName`. */
  readonly subjects: ReadonlyMap<string, ReadSubject>;
  /** The names of statements that sources list, by session. */
  readonly listed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sessions that are erased in it. */
  readonly erased: ReadonlySet<string>;
  readonly erasedAtMs: number | undefined;
  /** By sort key. */
  readonly unreadable: ReadonlyMap<string, ItemError>;
}

export interface ReadSubject {
  readonly name: string;
  memory: Memory | undefined;
  readonly statements: { readonly name: string; readonly statement: Statement }[];
}

/** @throws StoreUnavailableError; the signal's reason. */
export async function readWholeScope(
  items: AsyncIterable<ScopeItem>,
  signal: AbortSignal,
): Promise<ReadScope> {
  const subjects = new Map<string, ReadSubject>();
  const listed = new Map<string, Set<string>>();
  const erased = new Set<string>();
  const unreadable = new Map<string, ItemError>();
  let erasedAtMs: number | undefined;
  const subject = (name: string) => {
    const known = subjects.get(name) ?? { name, memory: undefined, statements: [] };
    subjects.set(name, known);
    return known;
  };
  for await (const item of items) {
    signal.throwIfAborted();
    switch (item.kind) {
      case 'memory':
        subject(item.name).memory = item.memory;
        break;
      case 'statement':
        subject(subjectName(item.statement)).statements.push(item);
        break;
      case 'source': {
        const names = listed.get(item.source.session) ?? new Set();
        for (const name of item.source.names) names.add(name);
        listed.set(item.source.session, names);
        break;
      }
      case 'erased':
        erased.add(item.session);
        break;
      case 'scope':
        erasedAtMs = item.erasedAtMs;
        break;
      default:
        unreadable.set(item.name, item.error);
    }
  }
  return { subjects, listed, erased, erasedAtMs, unreadable };
}
