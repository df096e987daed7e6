import type { Mutant } from './mutant.ts';

/** Mistakes that would leave words of a deleted session, or call it damaged. */
export const deletionMutants: readonly Mutant[] = [
  {
    name: 'session marked as deleted without the fence',
    scenario: 'deletion-and-commit',
    edits: [
      {
        file: 'store/in-process/deletion-requests.ts',
        find: 'const stored = fenced(key, fence);',
        replace: `const stored = find(key);
      if (!stored?.meta) return fenced(key, fence);`,
      },
    ],
  },
  {
    name: 'last position as it was at the claim',
    scenario: 'deletion-and-append',
    edits: [
      {
        file: 'deletion/mark-deleted.ts',
        find: 'const { fence, sealed, committedThrough } = ',
        replace: 'const { fence, sealed, committedThrough, nextSeq } = ',
      },
      {
        file: 'deletion/mark-deleted.ts',
        find: 'return store.markDeleted(key, fence, { deletedAtMs: lease.clock.now(), liveFrom });',
        replace:
          'return { ...(await store.markDeleted(key, fence, { deletedAtMs: lease.clock.now(), liveFrom })), liveTo: nextSeq - 1 };',
      },
    ],
  },
  {
    name: 'positions that hold nothing yet not closed',
    scenario: 'deletion-and-append',
    edits: [
      {
        file: 'store/in-process/deletion-requests.ts',
        find: "for (const position of positions) log.set(position, { kind: 'void', position });",
        replace:
          "for (const position of positions) if (log.has(position)) log.set(position, { kind: 'void', position });",
      },
    ],
  },
  {
    name: 'records deleted in place of voids',
    scenario: 'deletion-and-append',
    edits: [
      {
        file: 'store/in-process/deletion-requests.ts',
        find: "for (const position of positions) log.set(position, { kind: 'void', position });",
        replace: 'for (const position of positions) log.delete(position);',
      },
    ],
  },
  {
    name: 'positions of an unfinished seal not closed',
    scenario: 'deletion-and-commit',
    edits: [
      {
        file: 'deletion/mark-deleted.ts',
        find: 'sealed?.from ?? committedThrough + 1',
        replace: 'committedThrough + 1',
      },
    ],
  },
  {
    name: 'chunks that an unfinished seal may still get not closed',
    scenario: 'deletion-and-commit',
    edits: [
      {
        file: 'deletion/close-places.ts',
        find: 'sealed ? namesOf(sealed) : []',
        replace: 'sealed && liveTo < 0 ? namesOf(sealed) : []',
      },
    ],
  },
  {
    name: 'archives deleted in place of closed',
    scenario: 'deletion-and-commit',
    edits: [
      {
        file: 'store/in-process/deletion-requests.ts',
        find: 'if (fromSortKey.isOfArchive(name)) stored.closed.add(name);',
        replace: 'if (fromSortKey.isOfArchive(name)) stored.closed.delete(name);',
      },
    ],
  },
  {
    name: 'deletion taken for finished when no item is left but the log',
    scenario: 'deletion-and-append',
    edits: [
      {
        file: 'deletion/delete-session.ts',
        find: 'if (earlier?.finishedAtMs !== undefined && !options.memories)',
        replace: 'if (earlier && (await store.listItems(key, { limit: 1 })).length === 0)',
      },
    ],
  },
  {
    name: 'deletion noted as finished before its items are removed',
    scenario: 'deletion-twice',
    edits: [
      {
        file: 'deletion/delete-session.ts',
        find: '  const deleted = earlier ?? (await markDeleted(context, key, signal));',
        replace: `  const deleted = earlier ?? (await markDeleted(context, key, signal));
  await store.finishDeletion(key, lease.clock.now());`,
      },
    ],
  },
  {
    name: 'session that another deletion has marked taken for gone',
    scenario: 'deletion-twice',
    edits: [
      {
        file: 'deletion/mark-deleted.ts',
        find: 'if (marked) return marked;',
        replace: 'if (marked && limits.lease.ttlMs < 0) return marked;',
      },
    ],
  },
  {
    name: 'archive that a deletion takes away called damaged',
    scenario: 'deletion-and-follow-up',
    edits: [
      {
        file: 'follow-up/follow-up-archive.ts',
        find: 'if (!(error instanceof ArchiveCorruptError) || (await run.store.readMeta(run.key))) throw error;',
        replace: 'if (run) throw error;',
      },
    ],
  },
];
