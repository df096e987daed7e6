import type { MessagePlace, Vector, VectorStore } from '../../embedding/index.ts';
import { type ScopeKey, subjectName } from '../../memory/index.ts';
import type { SessionKey } from '../../session/index.ts';
import { fromSortKey, sortKeys } from '../../table/index.ts';
import type { StoredScope } from './in-process-memory-store.ts';
import { PAGE, pageOf } from './page-of.ts';
import type { StoredSession, StoredVector } from './stored-sessions.ts';

/**
 * Vectors in this process, beside what the other stores keep there: for tests, exploration and a machine of one's own. The
 * nearest are exact: each vector is compared. Each method does its work in one synchronous step, as one database request
 * does.
 *
 * @param sessions what is stored of sessions, keyed `tenant/session`.
 * @param scopes what is stored of scopes, keyed `tenant/scope`.
 */
export function inProcessVectorStore(
  sessions: ReadonlyMap<string, StoredSession>,
  scopes: ReadonlyMap<string, StoredScope>,
): VectorStore {
  const ofSession = ({ tenant, session }: SessionKey) => sessions.get(`${tenant}/${session}`);
  const ofScope = ({ tenant, scope }: ScopeKey) => scopes.get(`${tenant}/${scope}`);

  return {
    async putMessageVectors(key, archive, { id: by }, vectors) {
      const { manifests, embeddings } = ofSession(key) ?? {};
      if (!embeddings || !manifests?.has(archive)) return false;
      for (const { position, index, vector } of vectors)
        embeddings.set(sortKeys.embedding(archive, position, index), { by, vector });
      return true;
    },

    async putMemoryVector(scope, memory, { id: by }, vector) {
      const { memories, vectors } = ofScope(scope) ?? {};
      const name = subjectName(memory);
      const stored = memories?.get(name);
      if (!vectors || stored?.text === undefined || stored.revision !== memory.revision) return false;
      vectors.set(name, { by, vector });
      return true;
    },

    async recordEmbedding(key, archive, embedding) {
      const manifests = ofSession(key)?.manifests;
      const manifest = manifests?.get(archive);
      if (!manifests || !manifest) return false;
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, embedding } });
      return true;
    },

    async nearMessages(key, { id }, vector, limit) {
      const stored = ofSession(key)?.embeddings ?? new Map<string, StoredVector>();
      return nearest(stored, { by: id, vector, limit }).map(({ name, distance }) => {
        const place: MessagePlace & { readonly archive: number } = fromSortKey.embedding(name);
        return { ...place, distance };
      });
    },

    async nearMemories(scope, { id }, vector, limit) {
      const { memories, vectors = new Map<string, StoredVector>() } = ofScope(scope) ?? {};
      return nearest(vectors, { by: id, vector, limit }).flatMap(({ name, distance }) => {
        const memory = memories?.get(name);
        return memory ? [{ category: memory.category, key: memory.key, distance }] : [];
      });
    },

    async listUnembedded(scope, { id }, { after = '' }) {
      const { memories = new Map(), vectors } = ofScope(scope) ?? {};
      const { items, nextAfter } = pageOf(memories, { limit: PAGE, after });
      const unembedded = items.flatMap((memory) => {
        const { category, key, text, revision } = memory;
        const isEmbedded = vectors?.get(subjectName(memory))?.by === id;
        return text === undefined || isEmbedded ? [] : [{ category, key, text, revision }];
      });
      return { memories: unembedded, ...nextAfter };
    },
  };
}

/** Of one embedder; those at the same distance in the order of their names. */
function nearest(
  stored: ReadonlyMap<string, StoredVector>,
  { by, vector, limit }: { readonly by: string; readonly vector: Vector; readonly limit: number },
) {
  return [...stored]
    .flatMap(([name, one]) => (one.by === by ? [{ name, distance: distanceOf(one.vector, vector) }] : []))
    .sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, limit);
}

/** Cosine distance. Stored numbers are rounded, so that no length is exactly 1. */
function distanceOf(one: Vector, other: Vector): number {
  const cosine = product(one, other) / Math.sqrt(product(one, one) * product(other, other));
  return Math.max(0, 1 - cosine);
}

function product(one: Vector, other: Vector): number {
  return one.reduce((sum, number, index) => sum + number * (other[index] ?? 0), 0);
}
