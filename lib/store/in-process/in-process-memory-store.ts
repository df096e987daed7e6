import type { ExtractionAgain } from '../../archive/index.ts';
import {
  type ChangeOutcome,
  type KeptExtraction,
  type Memory,
  type MemoryChange,
  type MemoryStore,
  type ScopeKey,
  type Source,
  type Statement,
  statementName,
  subjectName,
} from '../../memory/index.ts';
import { isAwaiting } from './is-awaiting.ts';
import { byBytes, nextAfterOf, PAGE, pageOf } from './page-of.ts';
import type { StoredSession, StoredVector } from './stored-sessions.ts';
import { withAgain, withStep } from './with-extraction.ts';

/** Everything that is stored of one scope, as sets and by names, and as a database sorts them. */
export interface StoredScope {
  readonly memories: Map<string, Memory>;
  /** Of memories, by their names; each belongs to the revision that is there. */
  readonly vectors: Map<string, StoredVector>;
  readonly statements: Map<string, Statement>;
  /** Keyed `session#author`. */
  readonly sources: Map<string, Source>;
  readonly erasedSessions: Set<string>;
  erasedAtMs: number | undefined;
}

/**
 * Memories in this process, by `tenant/scope`: for tests and exploration. Each method does its work in one synchronous
 * step, as one database request does.
 *
 * @param sessions what is stored of sessions, keyed `tenant/session`: a merge may demand a state of its archive.
 */
export function inProcessMemoryStore(
  sessions: ReadonlyMap<string, StoredSession> = new Map(),
): MemoryStore & { readonly scopes: Map<string, StoredScope> } {
  const scopes = new Map<string, StoredScope>();
  const at = ({ tenant, scope }: ScopeKey) => {
    const name = `${tenant}/${scope}`;
    const stored = scopes.get(name) ?? nothingStored();
    scopes.set(name, stored);
    return stored;
  };

  return {
    scopes,

    async readMemories(scope, subjects) {
      const { memories, erasedAtMs } = at(scope);
      const found = subjects.flatMap((subject) => memories.get(subjectName(subject)) ?? []);
      return { memories: found, left: [], ...(erasedAtMs !== undefined && { erasedAtMs }) };
    },

    async listMemories(scope, { limit = PAGE, after = '', category }) {
      const { memories } = at(scope);
      const ofCategory = [...memories].filter(([, memory]) => !category || memory.category === category);
      const { items, nextAfter } = pageOf(new Map(ofCategory), { limit, after });
      return { memories: items, ...nextAfter };
    },

    async listStatements(scope, subject, { limit = PAGE, after }) {
      const { statements } = at(scope);
      const isOf = (name: string) => name.startsWith(`${subjectName(subject)}#`);
      const names = [...statements.keys()].filter(isOf).sort(byBytes).reverse();
      const behind = after === undefined ? names : names.filter((name) => byBytes(name, after) < 0);
      const page = behind.slice(0, limit);
      return {
        statements: page.flatMap((name) => statements.get(name) ?? []),
        ...nextAfterOf(page, behind),
      };
    },

    async readStatements(scope, names) {
      const { statements } = at(scope);
      return { statements: names.flatMap((name) => statements.get(name) ?? []), left: [] };
    },

    async listSources(scope, session, { author, after = '' }) {
      const { sources } = at(scope);
      const isOf = ([, source]: readonly [string, Source]) =>
        (session === undefined || source.session === session) &&
        (author === undefined || source.author === author);
      const { items, nextAfter } = pageOf(new Map([...sources].filter(isOf)), { limit: PAGE, after });
      return { sources: items, ...nextAfter };
    },

    async listStatementNames(scope, { limit, after = '' }) {
      const { items, nextAfter } = pageOf(at(scope).statements, { limit, after });
      return { names: items.map(statementName), ...nextAfter };
    },

    async change(scope, change) {
      const stored = at(scope);
      const refused = refusalOf(stored, change) ?? archiveRefusalOf(sessions, scope, change);
      if (refused) return refused;
      if (change.extraction && !keep(sessions, scope, change.extraction)) return 'archive-changed';
      apply(stored, change);
      return 'done';
    },

    async markErased(scope, erasedAtMs) {
      const stored = at(scope);
      stored.erasedAtMs = Math.max(stored.erasedAtMs ?? erasedAtMs, erasedAtMs);
      return stored.erasedAtMs;
    },

    async markSessionErased(scope, session) {
      at(scope).erasedSessions.add(session);
    },
  };
}

function nothingStored(): StoredScope {
  return {
    memories: new Map(),
    vectors: new Map(),
    statements: new Map(),
    sources: new Map(),
    erasedSessions: new Set(),
    erasedAtMs: undefined,
  };
}

function refusalOf(stored: StoredScope, change: MemoryChange): ChangeOutcome | undefined {
  const { erasure, memories = [], carriedFrom = [], removedSources = [] } = change;
  if (erasure && erasure.seenAtMs !== stored.erasedAtMs) return 'scope-erased';
  if (carriedFrom.some((session) => stored.erasedSessions.has(session))) return 'session-erased';
  const isOther = ({ subject, before }: (typeof memories)[number]) =>
    stored.memories.get(subjectName(subject))?.revision !== before;
  const isNaming = (source: (typeof removedSources)[number]) => {
    const { names = [], onManifest } = stored.sources.get(nameOf(source)) ?? {};
    return names.length > 0 || (onManifest === true && !source.isStruck);
  };
  return memories.some(isOther) || removedSources.some(isNaming) ? 'memory-changed' : undefined;
}

function archiveRefusalOf(
  sessions: ReadonlyMap<string, StoredSession>,
  { tenant }: ScopeKey,
  { archive }: MemoryChange,
): ChangeOutcome | undefined {
  if (!archive) return undefined;
  const manifest = sessions.get(`${tenant}/${archive.session}`)?.manifests.get(archive.archive);
  return isAwaiting(manifest, archive.awaits) ? undefined : 'archive-changed';
}

/** Returns whether the manifest has the extraction now, and had none before. */
function keep(
  sessions: ReadonlyMap<string, StoredSession>,
  { tenant }: ScopeKey,
  { session, archive, step, result }: KeptExtraction,
): boolean {
  const manifests = sessions.get(`${tenant}/${session}`)?.manifests;
  const manifest = manifests?.get(archive);
  const kept =
    step === 'again'
      ? withAgain(manifest, result as ExtractionAgain)
      : withStep(manifest, step, result as ExtractionAgain['extraction']);
  if (kept) manifests?.set(archive, kept);
  return kept !== undefined;
}

function apply({ memories, vectors, statements, sources }: StoredScope, change: MemoryChange): void {
  for (const statement of change.put ?? []) statements.set(statementName(statement), statement);
  for (const name of change.remove ?? []) statements.delete(name);
  for (const { subject, after } of change.memories ?? []) {
    // A view is written as a whole: what it says is another text now.
    vectors.delete(subjectName(subject));
    if (after) memories.set(subjectName(subject), after);
    else memories.delete(subjectName(subject));
  }
  for (const { session, author, add = [], drop = [] } of change.sources ?? []) {
    const name = nameOf({ session, author });
    const before = sources.get(name);
    const names = new Set([...(before?.names ?? []), ...add]);
    for (const dropped of drop) names.delete(dropped);
    sources.set(name, { ...before, session, author, names: [...names].sort() });
  }
  for (const source of change.listed ?? [])
    sources.set(nameOf(source), { names: [], ...sources.get(nameOf(source)), ...source, onManifest: true });
  for (const source of change.removedSources ?? []) sources.delete(nameOf(source));
}

const nameOf = ({ session, author }: Pick<Source, 'session' | 'author'>) => `${session}#${author}`;
