import type { Manifest } from '../../../lib/archive/index.ts';
import { type ArchivedRecord, unpackChunk } from '../../../lib/archive/index.ts';
import type { LogEntry } from '../../../lib/session/index.ts';
import { textOf } from '../../support/text-of.ts';
import type { StoredSession } from '../world/stored-session.ts';

/** One message, and where it is. */
export interface Placed {
  readonly content: string;
  readonly position: number;
  /** The archive that it is in, or sealed for; undefined for a live one. */
  readonly archive: number | undefined;
}

const known = new WeakMap<StoredSession, readonly Placed[]>();

/** What a session holds that is not deleted: archives in their order, one that is sealed but not published yet, then what is live. */
export function contentsOf(session: StoredSession): readonly Placed[] {
  const cached = known.get(session);
  if (cached) return cached;
  const { meta, manifests, log } = session;
  const placed: Placed[] = [];
  if (!meta) return placed;
  for (let archive = 1; archive <= meta.archiveCount; archive += 1) {
    const manifest = manifests.get(archive);
    const { sealed } = meta;
    if (manifest)
      placed.push(...recordsIn(session, manifest).flatMap((record) => messagesOf(record, archive)));
    else if (sealed?.archive === archive) placed.push(...inLog(log, sealed.from, sealed.to, archive));
  }
  placed.push(...inLog(log, meta.committedThrough + 1, Number.POSITIVE_INFINITY, undefined));
  known.set(session, placed);
  return placed;
}

function recordsIn({ chunks }: StoredSession, { archive, chunks: infos }: Manifest): ArchivedRecord[] {
  return infos.flatMap((info, index) => {
    const chunk = chunks.get(`${archive}/${index}`);
    return chunk ? unpacked(chunk, info) : [];
  });
}

const unpackedChunks = new WeakMap<Uint8Array, ArchivedRecord[]>();

function unpacked(chunk: Uint8Array, info: Manifest['chunks'][number]): ArchivedRecord[] {
  const cached = unpackedChunks.get(chunk);
  if (cached) return cached;
  const records = unpackChunk(chunk, info);
  unpackedChunks.set(chunk, records);
  return records;
}

function inLog(
  log: ReadonlyMap<number, LogEntry>,
  from: number,
  to: number,
  archive: number | undefined,
): Placed[] {
  return [...log.values()]
    .filter((entry) => entry.kind === 'record' && entry.position >= from && entry.position <= to)
    .sort((a, b) => a.position - b.position)
    .flatMap((entry) => (entry.kind === 'record' ? messagesOf(entry, archive) : []));
}

function messagesOf({ position, messages }: ArchivedRecord, archive: number | undefined): Placed[] {
  return messages.map((message) => ({ content: textOf(message), position, archive }));
}
