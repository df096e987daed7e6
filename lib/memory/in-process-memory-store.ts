import type { Memory, ScopeKey } from './memory.ts';
import type { MemoryStore } from './memory-store.ts';

/** Memories in this process, by `tenant/scope` and then `category#key`: for tests and exploration. */
export function inProcessMemoryStore(): MemoryStore & { readonly scopes: Map<string, Map<string, Memory>> } {
  const scopes = new Map<string, Map<string, Memory>>();
  const memoriesOf = ({ tenant, scope }: ScopeKey) => scopes.get(`${tenant}/${scope}`);

  return {
    scopes,

    async readMemory(scope, category, key) {
      return memoriesOf(scope)?.get(`${category}#${key}`);
    },

    async putMemory(scope, memory) {
      const name = `${memory.category}#${memory.key}`;
      const memories = memoriesOf(scope) ?? new Map<string, Memory>();
      if ((memories.get(name)?.version ?? 0) !== memory.version - 1) return false;
      scopes.set(`${scope.tenant}/${scope.scope}`, memories.set(name, memory));
      return true;
    },

    async deleteMemory(scope, { category, key, version }) {
      const memories = memoriesOf(scope);
      const known = memories?.get(`${category}#${key}`);
      if (known && known.version !== version) return false;
      memories?.delete(`${category}#${key}`);
      return true;
    },

    async listMemories(scope, { limit = Number.POSITIVE_INFINITY, after = '', category }) {
      const prefix = category === undefined ? '' : `${category}#`;
      const names = [...(memoriesOf(scope)?.keys() ?? [])]
        .filter((name) => name.startsWith(prefix) && name > after)
        .sort();
      const page = names.slice(0, limit);
      const last = page.at(-1);
      return {
        memories: page.flatMap((name) => memoriesOf(scope)?.get(name) ?? []),
        ...(names.length > limit && last !== undefined && { nextAfter: last }),
      };
    },
  };
}
