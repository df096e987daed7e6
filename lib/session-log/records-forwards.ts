import type { ArchivedRecord } from '../archive/index.ts';
import type { SessionMeta } from '../session/index.ts';
import { logPages, readAllManifests, SessionNotFoundError } from '../store/index.ts';
import { ReadContendedError } from './errors.ts';
import type { LogSource } from './log-read.ts';
import { readArchive } from './read-archive.ts';

/** So many times in a row a commit may move what was about to be read. */
const MAX_ATTEMPTS = 5;

/** How far a read has come. */
interface Progress {
  /** All up to this position were given. */
  after: number;
  /** All of the archives up to this one were read. */
  archive: number;
}

/**
 * All that a session holds when the read reaches its end, in order: archives first, then what is live. One chunk of an archive,
 * or one page of the log, is in memory at a time. What commits move meanwhile is given once.
 *
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError.
 */
export async function* recordsForwards(source: LogSource): AsyncGenerator<ArchivedRecord> {
  const { store, key } = source;
  const progress: Progress = { after: 0, archive: 0 };
  for (let attempt = 0, before = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const meta = await store.readMeta(key);
    if (!meta) throw new SessionNotFoundError(key);
    yield* ofArchives(source, meta, progress);
    const isLeft = progress.archive < meta.archiveCount;
    // Only the newest archive may be under way; where another is missing, the session is being deleted.
    const isUnderWay =
      meta.sealed?.archive === progress.archive + 1 && meta.archiveCount === progress.archive + 1;
    if ((!isLeft || isUnderWay) && (yield* ofLog(source, meta, progress))) return;
    if (progress.after > before) attempt = -1;
    before = progress.after;
  }
  throw new ReadContendedError(MAX_ATTEMPTS);
}

async function* ofArchives(
  { store, key, patience }: LogSource,
  { archiveCount }: SessionMeta,
  progress: Progress,
): AsyncGenerator<ArchivedRecord> {
  while (progress.archive < archiveCount) {
    const [manifest] = await readAllManifests(store, key, [progress.archive + 1], ['chunks'], patience);
    if (!manifest) return;
    for await (const record of readArchive(store, key, manifest, progress.after)) {
      progress.after = record.position;
      yield record;
    }
    progress.after = Math.max(progress.after, manifest.to);
    progress.archive = manifest.archive;
  }
}

/** @returns whether it came to the end: a commit may have moved what comes next. */
async function* ofLog(
  { store, key }: LogSource,
  { nextSeq }: SessionMeta,
  progress: Progress,
): AsyncGenerator<ArchivedRecord, boolean> {
  for await (const entries of logPages(store, key, { from: progress.after + 1, to: nextSeq - 1 })) {
    for (const entry of entries) {
      if (entry.kind === 'tombstone') return false;
      progress.after = entry.position;
      if (entry.kind === 'record') yield entry;
    }
  }
  return true;
}
