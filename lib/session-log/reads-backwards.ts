import {
  ArchiveCorruptError,
  type ArchivedRecord,
  type ManifestExcerpt,
  unpackChunk,
} from '../archive/index.ts';
import type { SessionKey, SessionMeta } from '../session/index.ts';
import {
  type ArchiveStore,
  type LogRange,
  type LogStore,
  logPages,
  type MetaStore,
  type Patience,
  readAllManifests,
} from '../store/index.ts';
import { archiveAt } from './archive-at.ts';
import { OvertakenError } from './errors.ts';

/** Where messages are: archives are `archiving` from their seal until they can be read. */
export type Place =
  | { readonly state: 'live' }
  | { readonly state: 'archiving' | 'archived'; readonly archive: number };

/** What one read gave: a page of the log, or a chunk of an archive. */
export interface LogRead {
  readonly place: Place;
  readonly records: readonly Omit<ArchivedRecord, 'appendId'>[];
  /** Nothing is left unread between this position and the read before. */
  readonly from: number;
}

/** Where a session is read from. */
export interface LogSource {
  readonly store: MetaStore & LogStore & ArchiveStore;
  readonly key: SessionKey;
  readonly patience: Patience;
}

/** So many manifests are read ahead. */
const ARCHIVES_PER_READ = 20;

/**
 * A session's messages from the newest back: what is live, in pages of 1 MB, then each archive, in its chunks. One read is
 * in memory at a time.
 *
 * @param range.before only what has an earlier position.
 * @param range.limit at most this many records in a page of the log.
 * @throws OvertakenError when a commit moved messages meanwhile.
 * @throws ArchiveCorruptError, StoreUnavailableError.
 */
export async function* readsBackwards(
  source: LogSource,
  meta: SessionMeta,
  { before, limit }: { readonly before: number; readonly limit?: number },
): AsyncGenerator<LogRead> {
  const { store, key, patience } = source;
  const { committedThrough, nextSeq, archiveCount, sealed } = meta;
  const paged = limit !== undefined && { limit };
  const live = { from: committedThrough + 1, to: Math.min(before, nextSeq) - 1, ...paged };
  yield* ofLog(source, live, { state: 'live' });

  const to = Math.min(before - 1, committedThrough);
  let last = archiveCount;
  if (sealed && to >= sealed.from && !(await store.readManifest(key, sealed.archive))) {
    yield* ofLog(
      source,
      { from: sealed.from, to, ...paged },
      { state: 'archiving', archive: sealed.archive },
    );
    last = sealed.archive - 1;
  } else if (to < committedThrough && to > 0) {
    const manifest = await archiveAt(store, key, { position: to, archiveCount }, patience);
    if (!manifest) throw new OvertakenError();
    yield* ofArchive(source, manifest, to);
    last = manifest.archive - 1;
  }
  for (; to > 0 && last > 0; last -= ARCHIVES_PER_READ) {
    const first = Math.max(1, last - ARCHIVES_PER_READ + 1);
    const archives = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const manifests = await readAllManifests(store, key, archives, ['chunks'], patience);
    if (manifests.length < archives.length) throw new OvertakenError();
    for (const manifest of manifests.reverse()) yield* ofArchive(source, manifest, to);
  }
}

async function* ofLog({ store, key }: LogSource, range: LogRange, place: Place): AsyncGenerator<LogRead> {
  for await (const entries of logPages(store, key, { ...range, newestFirst: true })) {
    if (entries.some(({ kind }) => kind === 'tombstone')) throw new OvertakenError();
    const records = entries.filter((entry) => entry.kind === 'record');
    yield { place, records, from: entries.at(-1)?.position ?? range.from };
  }
}

async function* ofArchive(
  { store, key }: LogSource,
  { archive, from, chunks }: ManifestExcerpt<'chunks'>,
  to: number,
): AsyncGenerator<LogRead> {
  const place = { state: 'archived', archive } as const;
  const wanted = [...chunks.entries()].filter(([, info]) => info.from <= to);
  if (wanted.length === 0) yield { place, records: [], from };
  for (const [index, info] of wanted.reverse()) {
    const stored = await store.readChunk(key, archive, index);
    if (!stored) throw new ArchiveCorruptError(`chunk ${index} of archive ${archive} is missing`);
    yield { place, records: unpackChunk(stored, info), from: index === 0 ? from : info.from };
  }
}
