import type { Mutant } from './mutant.ts';

/** Mistakes that would leave vectors of what is deleted, or of what is not said any more. */
export const embeddingMutants: readonly Mutant[] = [
  {
    name: 'vectors of messages written whether or not their archive is open',
    scenario: 'embedding-and-deletion',
    edits: [
      {
        file: 'store/in-process/in-process-vector-store.ts',
        find: 'if (!embeddings || !manifests?.has(archive)) return false;',
        replace: 'if (!embeddings || !manifests) return false;',
      },
    ],
  },
  {
    name: 'vectors listed before the archives are closed',
    scenario: 'embedding-and-deletion',
    edits: [
      {
        file: 'deletion/remove-items.ts',
        find: 'if (!names.some(fromSortKey.isOfArchive)) return names;',
        replace: 'if (names.length >= 0) return names;',
      },
    ],
  },
  {
    name: 'vectors of messages left by a deletion',
    scenario: 'embedding-and-deletion',
    edits: [
      {
        file: 'store/in-process/deletion-requests.ts',
        find: 'for (const name of embeddings.keys()) items',
        replace: 'for (const name of embeddings.keys()) if (!name) items',
      },
    ],
  },
  {
    name: 'vector of a memory written whatever it has become',
    scenario: 'embedding-and-deletion',
    edits: [
      {
        file: 'store/in-process/in-process-vector-store.ts',
        find: 'stored.revision !== memory.revision',
        replace: '!stored',
      },
    ],
  },
  {
    name: 'vector of a memory written, though it has changed or gone',
    scenario: 'embedding-and-change',
    edits: [
      {
        file: 'store/in-process/in-process-vector-store.ts',
        find: '!vectors || stored?.text === undefined || stored.revision !== memory.revision',
        replace: '!vectors',
      },
    ],
  },
  {
    name: 'vector kept when its memory changes',
    scenario: 'embedding-and-change',
    edits: [
      {
        file: 'store/in-process/in-process-memory-store.ts',
        find: 'vectors.delete(subjectName(subject));',
        replace: 'if (!after) vectors.delete(subjectName(subject));',
      },
    ],
  },
];
