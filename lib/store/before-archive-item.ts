import type { ArchivesThrough } from './archive-store.ts';

/**
 * Where a page of archives goes on behind its last item.
 *
 * @param last.index of a chunk; absent for a manifest.
 * @returns undefined behind the manifest of the first archive.
 */
export function beforeArchiveItem(last: {
  readonly archive: number;
  readonly index?: number;
}): ArchivesThrough | undefined {
  if (last.index !== undefined) return { archive: last.archive, chunks: last.index };
  return last.archive > 1 ? { archive: last.archive - 1 } : undefined;
}
