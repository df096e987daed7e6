import type { ManifestExcerpt } from '../archive/index.ts';
import type { SessionMeta } from '../session/index.ts';
import { type LogRange, logPages } from '../store/index.ts';
import { archiveAt } from './archive-at.ts';
import { archivesBackwards } from './archives-backwards.ts';
import { chunksBackwards } from './chunks-backwards.ts';
import { OvertakenError } from './errors.ts';
import type { LogRead, LogSource, Place } from './log-read.ts';

/**
 * A session's messages from the newest back: what is live, in pages of 1 MB, then the archives, in pages of 1 MB, too, each
 * chunk by itself. One page, and one chunk of it, is in memory at a time.
 *
 * @param range.before only what has an earlier position.
 * @param range.limit for who wants little: at most this many records in a page of the log, and one chunk in a read.
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
  let manifest: ManifestExcerpt<'chunks'> | undefined;
  if (sealed && to >= sealed.from && !(await store.readManifest(key, sealed.archive))) {
    const range = { from: sealed.from, to, ...paged };
    yield* ofLog(source, range, { state: 'archiving', archive: sealed.archive });
    last = sealed.archive - 1;
  } else if (to < committedThrough && to > 0) {
    manifest = await archiveAt(store, key, { position: to, archiveCount }, patience);
    if (!manifest) throw new OvertakenError();
    last = manifest.archive;
  }
  if (to < 1 || last < 1) return;
  const chunks = manifest?.chunks.filter(({ from }) => from <= to).length;
  const through = { archive: last, ...(chunks !== undefined && { chunks }) };
  yield* limit === undefined
    ? archivesBackwards(source, through, manifest)
    : chunksBackwards(source, through, manifest);
}

async function* ofLog({ store, key }: LogSource, range: LogRange, place: Place): AsyncGenerator<LogRead> {
  for await (const entries of logPages(store, key, { ...range, newestFirst: true })) {
    if (entries.some(({ kind }) => kind === 'tombstone')) throw new OvertakenError();
    const records = entries.filter((entry) => entry.kind === 'record');
    yield { place, records, from: entries.at(-1)?.position ?? range.from, endsRequest: true };
  }
}
