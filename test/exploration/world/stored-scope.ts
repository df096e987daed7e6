import type { inProcessMemoryStore } from '../../../lib/store/index.ts';

/** Everything that the in-process store holds of one scope. */
export type StoredScope =
  ReturnType<typeof inProcessMemoryStore>['scopes'] extends Map<string, infer Stored> ? Stored : never;

export function emptyScope(): StoredScope {
  return {
    memories: new Map(),
    vectors: new Map(),
    statements: new Map(),
    sources: new Map(),
    erasedSessions: new Set(),
    erasedAtMs: undefined,
  };
}

export function copyOfScope({
  memories,
  vectors,
  statements,
  sources,
  erasedSessions,
  erasedAtMs,
}: StoredScope): StoredScope {
  return {
    memories: new Map(memories),
    vectors: new Map(vectors),
    statements: new Map(statements),
    sources: new Map(sources),
    erasedSessions: new Set(erasedSessions),
    erasedAtMs,
  };
}
