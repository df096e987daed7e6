import type { ManifestExcerpt } from '../archive/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type ArchiveStore, type Patience, readAllManifests } from '../store/index.ts';

/** So many manifests are looked at in one request: with 999,999 archives, 5 requests. */
const PROBES = 20;

/**
 * The manifest of the archive that a position belongs to. Archives follow one another without gaps, so a few of them say
 * between which two it is.
 *
 * @param archiveCount how many archives the session has.
 * @returns undefined when that archive is not published yet.
 */
export async function archiveAt(
  store: ArchiveStore,
  key: SessionKey,
  { position, archiveCount }: { readonly position: number; readonly archiveCount: number },
  patience: Patience,
): Promise<ManifestExcerpt<'chunks'> | undefined> {
  let first = 1;
  let last = archiveCount;
  while (first <= last) {
    const probes = evenly(first, last);
    const manifests = await readAllManifests(store, key, probes, ['chunks'], patience);
    const found = manifests.find(({ to }) => to >= position);
    if (found && found.from <= position) return found;
    if (manifests.length === 0 || probes.length === last - first + 1) return undefined;
    first = (manifests.findLast(({ to }) => to < position)?.archive ?? first - 1) + 1;
    last = found ? found.archive - 1 : last;
  }
  return undefined;
}

/** Numbers from `first` to `last`, `last` among them: all, or as many as are looked at in one request. */
function evenly(first: number, last: number): number[] {
  const count = last - first + 1;
  const probes = Math.min(count, PROBES);
  return Array.from({ length: probes }, (_, index) => first - 1 + Math.ceil((count * (index + 1)) / probes));
}
