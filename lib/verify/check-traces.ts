import {
  ANY_SESSION,
  archiveOfAuthor,
  type Memory,
  type ScopeKey,
  type Source,
  type Statement,
} from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type Finding, type FindingCode, finding, itemFinding } from './finding.ts';
import type { ScannedItem, ScannedPage, ScopeItem } from './memory-items.ts';
import { named } from './named.ts';

interface Erased {
  readonly key: SessionKey;
  /** Those that its mark knows. */
  readonly scopes: readonly string[];
}

/** What was found of a session, by the finding that it makes and by its scope; a manifest's scope is ''. */
type Traces = Map<string, { readonly code: FindingCode; readonly scope: string; readonly names: string[] }>;

/** Checks that no item of a tenant's scopes, and no manifest, is of a deleted session, or carries its words on. */
export async function checkTraces(
  pages: AsyncIterable<ScannedPage>,
  erased: Erased,
  onPage: (looked: number) => void = () => undefined,
): Promise<{ readonly looked: number; readonly findings: readonly Finding[] }> {
  const traces: Traces = new Map();
  const unmarked = new Set(erased.scopes);
  const unreadable: Finding[] = [];
  let looked = 0;
  for await (const page of pages) {
    looked += page.looked;
    onPage(looked);
    for (const one of page.items) {
      if (one.item.kind === 'unreadable') unreadable.push(itemFinding(one.item.error));
      else if (one.item.kind === 'erased' && one.place === 'scope') {
        if (one.item.session === erased.key.session) unmarked.delete(one.scope.scope);
      } else note(traces, one, erased);
    }
  }
  return {
    looked,
    findings: [...unmarkedFindings(unmarked), ...traceFindings(traces, erased), ...unreadable],
  };
}

function note(traces: Traces, one: ScannedItem, erased: Erased): void {
  const found = one.place === 'scope' ? inScope(one.item, one.scope, erased) : onManifest(one, erased);
  if (!found) return;
  const scope = one.place === 'scope' ? one.scope.scope : '';
  const id = `${found.code} ${scope}`;
  const trace = traces.get(id) ?? { code: found.code, scope, names: [] };
  trace.names.push(found.name);
  traces.set(id, trace);
}

interface Found {
  readonly code: FindingCode;
  readonly name: string;
}

function inScope(item: ScopeItem, { scope }: ScopeKey, { key, scopes }: Erased): Found | undefined {
  const isWhose = whose(key, scopes.includes(scope));
  switch (item.kind) {
    case 'statement':
      return isSaidBy(item.statement, isWhose)
        ? { code: 'erased-session-statement', name: item.name }
        : undefined;
    case 'memory':
      return isSaidBy(item.memory, isWhose) || isEvidencedBy(item.memory, key, scopes.includes(scope))
        ? { code: 'erased-session-memory', name: item.name }
        : undefined;
    case 'source':
      return isNaming(item.source, isWhose)
        ? { code: 'erased-session-source', name: `${item.source.session}#${item.source.author}` }
        : undefined;
    default:
      return undefined;
  }
}

/** Whose words are of the session; of words of any session, where it fed the scope. */
function whose({ session }: SessionKey, hasFed: boolean): (one: string) => boolean {
  return (one) => one === session || (hasFed && one === ANY_SESSION);
}

function isSaidBy(
  { by, carriedFrom = [] }: Pick<Statement | Memory, 'by' | 'carriedFrom'>,
  isWhose: (session: string) => boolean,
): boolean {
  return (by.kind === 'archive' && isWhose(by.session)) || isCarried(carriedFrom, isWhose);
}

function isCarried(
  groups: NonNullable<Statement['carriedFrom']>,
  isWhose: (session: string) => boolean,
): boolean {
  return groups.flat().some(isWhose);
}

/** In a memory from before there were statements: where not all sessions are listed, it may be any that fed the scope. */
function isEvidencedBy({ earlier }: Memory, { session }: SessionKey, hasFed: boolean): boolean {
  if (!earlier) return false;
  return earlier.sessions.includes(session) || (hasFed && earlier.hasUnlistedSessions === true);
}

/** A source without names holds no words. */
function isNaming({ session, author, names }: Source, isWhose: (session: string) => boolean): boolean {
  const archive = archiveOfAuthor(author);
  return names.length > 0 && (isWhose(session) || (archive !== undefined && isWhose(archive.session)));
}

function onManifest(
  { key: { session }, archive, item }: Extract<ScannedItem, { place: 'archive' }>,
  { key }: Erased,
): Found | undefined {
  if (item.kind === 'unreadable' || session === key.session) return undefined;
  const isOf = whose(key, false);
  const isCarrying = item.memories.some(({ carriedFrom = [] }) => isCarried(carriedFrom, isOf));
  return isCarrying
    ? { code: 'erased-session-manifest', name: `archive ${archive} of session ${session}` }
    : undefined;
}

function unmarkedFindings(scopes: ReadonlySet<string>): Finding[] {
  return [...scopes].map((scope) =>
    finding('erased-session-unmarked', `Nothing in scope '${scope}' says that the session is erased there.`),
  );
}

function traceFindings(traces: Traces, { scopes }: Erased): Finding[] {
  const found = [...traces.values()];
  const unknown = new Set(
    found.flatMap(({ scope }) => (scope === '' || scopes.includes(scope) ? [] : [scope])),
  );
  return [
    ...found.map(({ code, scope, names }) =>
      finding(code, `${scope === '' ? '' : `Scope '${scope}': `}${named(names)}.`),
    ),
    ...[...unknown].map((scope) =>
      finding('erased-session-elsewhere', `Its mark does not say that it ever fed scope '${scope}'.`),
    ),
  ];
}
