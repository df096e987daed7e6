import { ArchiveCorruptError, type ManifestExcerpt, unpackChunk } from '../archive/index.ts';
import type { ArchivesThrough } from '../store/index.ts';
import type { LogRead, LogSource } from './log-read.ts';
import { manifestOf } from './manifest-of.ts';

/**
 * The archives of a session from the newest back, one chunk in a request: for who wants the first of them.
 *
 * @param known the manifest of the archive to begin with, where that was read before.
 * @throws OvertakenError, ArchiveCorruptError, StoreUnavailableError.
 */
export async function* chunksBackwards(
  source: LogSource,
  through: ArchivesThrough,
  known?: ManifestExcerpt<'chunks'>,
): AsyncGenerator<LogRead> {
  const { store, key } = source;
  for (let { archive } = through; archive > 0; archive -= 1) {
    const isFirst = archive === through.archive;
    const { from, chunks } = (isFirst && known) || (await manifestOf(source, archive));
    const wanted = isFirst ? chunks.slice(0, through.chunks) : chunks;
    for (const [index, info] of [...wanted.entries()].reverse()) {
      const stored = await store.readChunk(key, archive, index);
      if (!stored) throw new ArchiveCorruptError(`chunk ${index} of archive ${archive} is missing`);
      const place = { state: 'archived', archive } as const;
      const records = unpackChunk(stored, info);
      yield { place, records, from: index === 0 ? from : info.from, endsRequest: true };
    }
  }
}
