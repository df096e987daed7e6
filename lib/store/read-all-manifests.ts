import type { ManifestExcerpt, ManifestPart } from '../archive/index.ts';
import type { Patience } from '../batch/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type ArchiveStore, MANIFESTS_PER_REQUEST } from './archive-store.ts';
import { readInBatches } from './in-batches.ts';

/**
 * The manifests of the given archives that exist, oldest first, with the given parts only, in as many requests as the
 * database needs.
 *
 * @throws StoreUnavailableError; the signal's reason.
 */
export async function readAllManifests<Part extends ManifestPart>(
  store: Pick<ArchiveStore, 'readManifests'>,
  key: SessionKey,
  archives: readonly number[],
  parts: readonly Part[],
  patience: Patience,
): Promise<ManifestExcerpt<Part>[]> {
  const read = async (wanted: readonly number[]) => {
    const { manifests: found, left } = await store.readManifests(key, wanted, parts);
    return { found, left };
  };
  const manifests = await readInBatches(
    'readManifests',
    archives,
    { most: MANIFESTS_PER_REQUEST, read },
    patience,
  );
  return manifests.sort((a, b) => a.archive - b.archive);
}
