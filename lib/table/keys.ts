import type { MemoryCategory, ScopeKey, Subject } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';

/** The primary key of an item. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Numbers are padded so that sort keys sort as numbers do. */
const POSITION_DIGITS = 12;
const ARCHIVE_DIGITS = 6;
const CHUNK_DIGITS = 3;
const INDEX_DIGITS = 3;

const LAST_ARCHIVE = 10 ** ARCHIVE_DIGITS - 1;
/** Sorts behind every character of a name. */
export const LAST = '~';

const SCOPE_PARTITION = /^TENANT#([^#]+)#MEMORY#([^#]+)$/;
const SESSION_PARTITION = /^TENANT#([^#]+)#SESSION#([^#]+)$/;

/** Names of tenants, sessions and scopes hold no `#`. */
export const partitions = {
  session: ({ tenant, session }: SessionKey) => `TENANT#${tenant}#SESSION#${session}`,
  memories: ({ tenant, scope }: ScopeKey) => `TENANT#${tenant}#MEMORY#${scope}`,
  lease: (resource: string) => `LEASE#${resource}`,
  /** How the partitions of a tenant's scopes begin. */
  memoriesOf: (tenant: string) => `TENANT#${tenant}#MEMORY#`,
  /** How the partitions of a tenant's sessions begin. */
  sessionsOf: (tenant: string) => `TENANT#${tenant}#SESSION#`,
  /** Whose session's partition it is; undefined for any other. */
  sessionOf(partition: string): SessionKey | undefined {
    const [, tenant, session] = SESSION_PARTITION.exec(partition) ?? [];
    return tenant === undefined || session === undefined ? undefined : { tenant, session };
  },
  /** Whose memories' partition it is; undefined for any other. */
  scopeOf(partition: string): ScopeKey | undefined {
    const [, tenant, scope] = SCOPE_PARTITION.exec(partition) ?? [];
    return tenant === undefined || scope === undefined ? undefined : { tenant, scope };
  },
} as const;

const padded = (value: number, digits: number) => String(value).padStart(digits, '0');

/** In a session's partition, but for those from `memory` to `scope`, in a scope's, and `lease`, in one of its own. */
export const sortKeys = {
  meta: 'META',
  position: (position: number) => `LOG#${padded(position, POSITION_DIGITS)}`,
  archive: (archive: number) => `ARCHIVE#${padded(archive, ARCHIVE_DIGITS)}`,
  chunk: (archive: number, index: number) =>
    `ARCHIVE#${padded(archive, ARCHIVE_DIGITS)}#CHUNK#${padded(index, CHUNK_DIGITS)}`,
  commit: (commitId: string) => `COMMIT#${commitId}`,
  /** @param index of the message within its append. */
  embedding: (archive: number, position: number, index: number) =>
    `EMBEDDING#${padded(archive, ARCHIVE_DIGITS)}#${padded(position, POSITION_DIGITS)}#${padded(index, INDEX_DIGITS)}`,
  appendKey: (key: string) => `APPEND#${key}`,
  /** @param name `<category>#<key>`. */
  memory: (name: string) => `MEMORY#${name}`,
  /** @param name by `statementName`. */
  statement: (name: string) => `STATEMENT#${name}`,
  /** @param author by `authorName`. */
  source: (session: string, author: string) => `SOURCE#${session}#${author}`,
  erasedSession: (session: string) => `ERASED#${session}`,
  scope: 'SCOPE',
  lease: 'LEASE',
  /** APPEND, ARCHIVE, COMMIT and EMBEDDING items sort before it; the log and META do not. */
  beforeLog: 'LOG#',
} as const;

function archiveEnd(archive: number, chunks: number | undefined): string {
  if (chunks === undefined) return `${sortKeys.archive(archive)}${LAST}`;
  return chunks === 0 ? sortKeys.archive(archive) : sortKeys.chunk(archive, chunks - 1);
}

/** What a query for all items of a kind asks for: from where to where, both included, or with which beginning. */
export const sortKeyRanges = {
  log: { from: 'LOG#', to: `LOG#${LAST}` },
  commits: { from: 'COMMIT#', to: `COMMIT#${LAST}` },
  archives: 'ARCHIVE#',
  /** Manifests and chunks of later archives. */
  archivesAfter: (archive: number) => ({
    from: sortKeys.archive(archive + 1),
    to: `${sortKeys.archive(LAST_ARCHIVE)}${LAST}`,
  }),
  /** Vectors of messages of later archives. */
  embeddingsAfter: (archive: number) => ({
    from: `EMBEDDING#${padded(archive + 1, ARCHIVE_DIGITS)}`,
    to: `EMBEDDING#${LAST}`,
  }),
  /** Manifests and chunks from the first archive through the first `chunks` of one, or all of its chunks. */
  archivesThrough: (archive: number, chunks?: number) => ({
    from: sortKeys.archive(1),
    to: archiveEnd(archive, chunks),
  }),
  /** Of one category, or of all. */
  memories: (category?: MemoryCategory) => (category === undefined ? 'MEMORY#' : `MEMORY#${category}#`),
  statements: 'STATEMENT#',
  /** @param subject `<category>#<key>`. */
  statementsOf: (subject: string) => `STATEMENT#${subject}#`,
  /** Of one session, or of all; in the statements of one author, or of all. The names of authors have one length. */
  sourcesOf(session?: string, author?: string): string {
    if (session === undefined) return 'SOURCE#';
    return author === undefined ? `SOURCE#${session}#` : sortKeys.source(session, author);
  },
} as const;

/** What a sort key says of its item; each undoes one of `sortKeys`. */
export const fromSortKey = {
  position: (sk: string) => Number(sk.slice('LOG#'.length)),
  /** Of a manifest, of one of its chunks, or of the vector of one of its messages. */
  archive: (sk: string) => Number(sk.split('#')[1]),
  /** Of a chunk. */
  chunkIndex: (sk: string) => Number(sk.split('#')[3]),
  /** Whether its item is a manifest or a chunk, or stands in the place of one. */
  isOfArchive: (sk: string) => sk.startsWith('ARCHIVE#'),
  commitId: (sk: string) => sk.slice('COMMIT#'.length),
  /** Of which message it is the vector. */
  embedding(sk: string) {
    const [, archive, position, index] = sk.split('#').map(Number);
    return { archive: archive ?? 0, position: position ?? 0, index: index ?? 0 };
  },
  memoryName: (sk: string) => sk.slice('MEMORY#'.length),
  /** Of a memory. Neither its category nor its key holds a `#`. */
  subject(sk: string): Subject {
    const [, category = '', key = ''] = sk.split('#');
    return { category, key };
  },
  statementName: (sk: string) => sk.slice('STATEMENT#'.length),
  erasedSession: (sk: string) => sk.slice('ERASED#'.length),
  source(sk: string) {
    const [, session = '', ...author] = sk.split('#');
    return { session, author: author.join('#') };
  },
  /** `META`, `LOG`, `ARCHIVE`, `CHUNK`, `COMMIT`, `EMBEDDING`, `APPEND`, `MEMORY`, `STATEMENT`, `SOURCE`, `ERASED`, `SCOPE` or `LEASE`. */
  kind(sk: string): string {
    const [kind = ''] = sk.split('#', 1);
    return kind === 'ARCHIVE' && sk.includes('#CHUNK#') ? 'CHUNK' : kind;
  },
} as const;

/** The key of an item of a session. */
export const sessionItemKey = (session: SessionKey, sk: string): ItemKey => ({
  pk: partitions.session(session),
  sk,
});

/** The key of an item of a scope. */
export const scopeItemKey = (scope: ScopeKey, sk: string): ItemKey => ({
  pk: partitions.memories(scope),
  sk,
});

export const leaseItemKey = (resource: string): ItemKey => ({
  pk: partitions.lease(resource),
  sk: sortKeys.lease,
});
