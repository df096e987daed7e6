import { type ArchiveRange, type Manifest, newestNotCovered } from '../archive/index.ts';
import type { LogEntry, Message, SessionKey, SessionMeta } from '../session/index.ts';
import { readArchiveBackwards } from '../session-log/index.ts';
import type { SessionStore } from '../store/index.ts';
import type { ContextPart } from './context-part.ts';
import { OvertakenError } from './overtaken-error.ts';

/** Archives without a summary that carries them on are looked at up to this many; a session has few of them. */
const MAX_ARCHIVES = 100;

/**
 * A conversation from its newest part backwards, without what the latest summary covers: live messages, then each
 * archive that it does not cover, with its own summary, or, while it has none, with its messages.
 *
 * @param covers what the latest finished summary carries.
 * @throws OvertakenError when a commit moved messages meanwhile.
 */
export async function* newestFirst(
  store: SessionStore,
  key: SessionKey,
  meta: SessionMeta,
  covers: readonly ArchiveRange[],
): AsyncGenerator<ContextPart> {
  yield* logBackwards(store, key, meta.committedThrough + 1, meta.nextSeq - 1);
  const archives = newestNotCovered(covers, meta.archiveCount, MAX_ARCHIVES);
  const manifests = new Map(
    (await store.readManifests(key, archives)).map((manifest) => [manifest.archive, manifest]),
  );
  for (const archive of archives) {
    const manifest = manifests.get(archive);
    if (manifest) yield* ofArchive(store, key, manifest);
    else yield* ofSeal(store, key, meta, archive);
  }
}

async function* ofArchive(
  store: SessionStore,
  key: SessionKey,
  manifest: Manifest,
): AsyncGenerator<ContextPart> {
  const { archive, followUp } = manifest;
  if (followUp.summary?.outcome === 'done') {
    yield { kind: 'summary', archive, text: followUp.summary.text };
    return;
  }
  for await (const { position, messages } of readArchiveBackwards(store, key, manifest)) {
    yield* messageParts(position, messages);
  }
}

/** An archive that has no manifest yet is still in the log. */
async function* ofSeal(
  store: SessionStore,
  key: SessionKey,
  { sealed }: SessionMeta,
  archive: number,
): AsyncGenerator<ContextPart> {
  if (sealed?.archive !== archive) throw new OvertakenError();
  yield* logBackwards(store, key, sealed.from, sealed.to);
}

async function* logBackwards(
  store: SessionStore,
  key: SessionKey,
  from: number,
  last: number,
): AsyncGenerator<ContextPart> {
  let to = last;
  while (to >= from) {
    const { entries, complete } = await store.readRange(key, { from, to, newestFirst: true });
    for (const entry of entries) yield* entryParts(entry);
    if (complete) return;
    to = (entries.at(-1)?.position ?? from) - 1;
  }
}

function* entryParts(entry: LogEntry): Generator<ContextPart> {
  if (entry.kind === 'tombstone') throw new OvertakenError();
  if (entry.kind === 'record') yield* messageParts(entry.position, entry.messages);
}

function* messageParts(position: number, messages: readonly Message[]): Generator<ContextPart> {
  for (const message of [...messages].reverse()) yield { kind: 'message', message: { ...message, position } };
}
