import { ArchiveCorruptError, type ManifestExcerpt, unpackChunk } from '../archive/index.ts';
import { groupBy } from '../groups/index.ts';
import type { ArchiveItem, ArchivesThrough } from '../store/index.ts';
import { OvertakenError } from './errors.ts';
import type { LogRead, LogSource } from './log-read.ts';
import { manifestOf } from './manifest-of.ts';

/** What one page has of one archive. */
interface Part {
  readonly archive: number;
  readonly manifest?: ManifestExcerpt<'chunks'>;
  readonly stored: ReadonlyMap<number, Uint8Array>;
}

/** Unpacks a chunk. */
type Unpack = () => Omit<LogRead, 'endsRequest'>;

/**
 * The archives of a session from the newest back, in pages of 1 MB, which hold many small archives, or some chunks of a
 * large one. A page and one unpacked chunk are in memory at a time.
 *
 * A page has chunks before their manifest, and may end between them: then the manifest is read by itself.
 *
 * @param known the manifest of the archive to begin with, where that was read before.
 * @throws OvertakenError when a manifest is not there: the session is being deleted.
 * @throws ArchiveCorruptError when a chunk is missing or is not what the manifest says.
 */
export async function* archivesBackwards(
  source: LogSource,
  through: ArchivesThrough,
  known?: ManifestExcerpt<'chunks'>,
): AsyncGenerator<LogRead> {
  let manifest = known;
  for (let wanted: ArchivesThrough | undefined = through; wanted; ) {
    const { items, rest } = await source.store.readArchives(source.key, wanted);
    const unpacks: Unpack[] = [];
    let { archive } = wanted;
    for (const part of partsOf(items)) {
      if (part.archive !== archive) throw new OvertakenError();
      if (manifest?.archive !== archive) manifest = part.manifest ?? (await manifestOf(source, archive));
      const count = archive === wanted.archive ? wanted.chunks : undefined;
      unpacks.push(...unpacksOf(part, manifest, count));
      archive -= 1;
    }
    if (!rest && archive > 0) throw new OvertakenError();
    for (const [index, unpack] of unpacks.entries()) {
      yield { ...unpack(), endsRequest: index === unpacks.length - 1 };
    }
    wanted = rest;
  }
}

function partsOf(items: readonly ArchiveItem[]): Part[] {
  const byArchive = groupBy(items, ({ archive }) => archive);
  return [...byArchive].map(([archive, ofArchive]) => {
    const manifest = ofArchive.find((item) => item.kind === 'manifest')?.manifest;
    const chunks = ofArchive.filter((item) => item.kind === 'chunk');
    const stored = new Map(chunks.map((chunk) => [chunk.index, chunk.stored]));
    return { archive, stored, ...(manifest && { manifest }) };
  });
}

/** @param count so many chunks of the archive were asked for; all of them unless given. */
function unpacksOf(
  part: Part,
  manifest: ManifestExcerpt<'chunks'>,
  count = manifest.chunks.length,
): Unpack[] {
  const { archive, stored } = part;
  const { from } = manifest;
  const place = { state: 'archived', archive } as const;
  if (count === 0) return [() => ({ place, records: [], from })];
  // Chunks that come before the manifest may be on the next page.
  const first = part.manifest ? 0 : Math.min(...stored.keys());
  const chunks = [...manifest.chunks.entries()].slice(first, count).reverse();
  return chunks.map(([index, info]) => {
    const chunk = stored.get(index);
    if (!chunk) throw new ArchiveCorruptError(`chunk ${index} of archive ${archive} is missing`);
    return () => ({ place, records: unpackChunk(chunk, info), from: index === 0 ? from : info.from });
  });
}
