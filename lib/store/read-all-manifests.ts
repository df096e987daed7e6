import type { ManifestExcerpt, ManifestPart } from '../archive/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type ArchiveStore, MANIFESTS_PER_REQUEST } from './archive-store.ts';
import { finishBatch, type Patience } from './finish-batch.ts';

/**
 * The manifests of the given archives that exist, oldest first, with the given parts only, in as many requests as the
 * database needs.
 *
 * @throws StoreUnavailableError; the signal's reason.
 */
export async function readAllManifests<Part extends ManifestPart>(
  store: ArchiveStore,
  key: SessionKey,
  archives: readonly number[],
  parts: readonly Part[],
  patience: Patience,
): Promise<ManifestExcerpt<Part>[]> {
  const found: ManifestExcerpt<Part>[] = [];
  const readSome = async (wanted: readonly number[]) => {
    const { manifests, left } = await store.readManifests(key, wanted.slice(0, MANIFESTS_PER_REQUEST), parts);
    found.push(...manifests);
    return [...left, ...wanted.slice(MANIFESTS_PER_REQUEST)];
  };
  await finishBatch('readManifests', archives, readSome, patience);
  return found.sort((a, b) => a.archive - b.archive);
}
