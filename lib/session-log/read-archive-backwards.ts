import { ArchiveCorruptError, type ArchivedRecord, type Manifest, unpackChunk } from '../archive/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { ArchiveStore } from '../store/index.ts';

/**
 * The records of an archive, the newest first; one chunk in memory at a time.
 *
 * @throws ArchiveCorruptError when a chunk is missing or is not what the manifest says.
 */
export async function* readArchiveBackwards(
  store: ArchiveStore,
  key: SessionKey,
  manifest: Pick<Manifest, 'archive' | 'chunks'>,
): AsyncGenerator<ArchivedRecord> {
  for (const [index, info] of [...manifest.chunks.entries()].reverse()) {
    const stored = await store.readChunk(key, manifest.archive, index);
    if (!stored) throw new ArchiveCorruptError(`chunk ${index} of archive ${manifest.archive} is missing`);
    yield* unpackChunk(stored, info).reverse();
  }
}
