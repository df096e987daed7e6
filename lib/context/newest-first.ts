import {
  type ArchiveRange,
  cover,
  isCovered,
  type ManifestExcerpt,
  newestNotCovered,
} from '../archive/index.ts';
import type { LogEntry, Message, SessionKey, SessionMeta } from '../session/index.ts';
import { OvertakenError, readArchiveBackwards } from '../session-log/index.ts';
import {
  type ArchiveStore,
  type LogStore,
  logPages,
  type MetaStore,
  type Patience,
  readAllManifests,
} from '../store/index.ts';
import type { ContextPart } from './context-part.ts';
import { openCalls } from './open-calls.ts';

/** Archives without a summary that carries them on are given up to this many; a session has few of them. */
const MAX_ARCHIVES = 100;
/** So many are read ahead: the budget is often used up by the first. */
const ARCHIVES_PER_READ = 20;

/** Where a conversation is read from. */
export interface ContextSource {
  readonly store: MetaStore & LogStore & ArchiveStore;
  readonly key: SessionKey;
  readonly patience: Patience;
}

/**
 * A conversation from its newest part backwards, without what the latest summary covers: live messages, then each
 * archive that it does not cover, with its own summary, or, while it has none, with its messages. What a summary covers
 * that was given before is not given again.
 *
 * @param covers what the latest finished summary carries.
 * @throws OvertakenError when a commit moved messages meanwhile.
 */
export async function* newestFirst(
  { store, key, patience }: ContextSource,
  meta: SessionMeta,
  covers: readonly ArchiveRange[],
): AsyncGenerator<ContextPart> {
  const calls = openCalls();
  yield* calls.watch(logBackwards(store, key, meta.committedThrough + 1, meta.nextSeq - 1));
  let carried = covers;
  let before = meta.archiveCount;
  let last = meta.archiveCount;
  let looked = 0;
  while (last > 0) {
    const archives = newestNotCovered(carried, last, ARCHIVES_PER_READ);
    const manifests = await readAllManifests(store, key, archives, ['chunks', 'summary'], patience);
    for (const archive of archives) {
      if (isCovered(carried, archive)) continue;
      if (archive < before) yield* calls.from(store, key, before);
      before = archive - 1;
      const manifest = manifests.find((one) => one.archive === archive);
      const summary = manifest && summaryOf(manifest);
      if (looked++ === MAX_ARCHIVES) {
        yield { kind: 'unread', archive, ...(!summary && { through: (manifest ?? meta.sealed)?.to ?? 0 }) };
        return;
      }
      if (summary) {
        yield* calls.from(store, key, archive);
        yield { kind: 'summary', archive, text: summary.text };
        carried = cover([...carried, ...summary.covers], []);
      } else if (manifest) yield* calls.watch(ofArchive(store, key, manifest));
      else yield* calls.watch(ofSeal(store, key, meta, archive));
    }
    last = (archives.at(-1) ?? 1) - 1;
  }
  if (before > 0) yield* calls.from(store, key, before);
}

function summaryOf({ followUp: { summary } }: ManifestExcerpt<'summary'>) {
  return summary?.outcome === 'done' ? summary : undefined;
}

async function* ofArchive(
  store: ArchiveStore,
  key: SessionKey,
  manifest: ManifestExcerpt<'chunks'>,
): AsyncGenerator<ContextPart> {
  for await (const { position, messages } of readArchiveBackwards(store, key, manifest)) {
    yield* messageParts(position, messages);
  }
}

/** An archive that has no manifest yet is still in the log. */
async function* ofSeal(
  store: LogStore,
  key: SessionKey,
  { sealed }: SessionMeta,
  archive: number,
): AsyncGenerator<ContextPart> {
  if (sealed?.archive !== archive) throw new OvertakenError();
  yield* logBackwards(store, key, sealed.from, sealed.to);
}

async function* logBackwards(
  store: LogStore,
  key: SessionKey,
  from: number,
  to: number,
): AsyncGenerator<ContextPart> {
  for await (const entries of logPages(store, key, { from, to, newestFirst: true })) {
    for (const entry of entries) yield* entryParts(entry);
  }
}

function* entryParts(entry: LogEntry): Generator<ContextPart> {
  if (entry.kind === 'tombstone') throw new OvertakenError();
  if (entry.kind === 'record') yield* messageParts(entry.position, entry.messages);
}

function* messageParts(position: number, messages: readonly Message[]): Generator<ContextPart> {
  for (const message of [...messages].reverse()) yield { kind: 'message', message: { ...message, position } };
}
