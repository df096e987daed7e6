import { ArchiveCorruptError, type ArchivedRecord, type Manifest, unpackChunk } from '../archive/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { ArchiveStore } from '../store/index.ts';

/**
 * The records of an archive behind position `after` (0 for all), in order; one chunk in memory at a time.
 *
 * @throws ArchiveCorruptError when a chunk is missing or is not what the manifest says.
 */
export async function* readArchive(
  store: Pick<ArchiveStore, 'readChunk'>,
  key: SessionKey,
  manifest: Pick<Manifest, 'archive' | 'chunks'>,
  after = 0,
): AsyncGenerator<ArchivedRecord> {
  for (const [index, info] of manifest.chunks.entries()) {
    if (info.to <= after) continue;
    const stored = await store.readChunk(key, manifest.archive, index);
    if (!stored) {
      throw new ArchiveCorruptError(`chunk ${index} of archive ${manifest.archive} is missing`);
    }
    for (const record of unpackChunk(stored, info)) {
      if (record.position > after) yield record;
    }
  }
}
