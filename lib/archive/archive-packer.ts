import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { LogRecord } from '../session/index.ts';
import { type ArchivedRecord, toLine } from './archived-record.ts';
import type { ChunkInfo } from './manifest.ts';

/**
 * A chunk holds at most this many bytes of JSON lines. Measured before compression, so that the same records are
 * always cut at the same places, and so that a chunk fits an item of 400 KB however badly it compresses.
 */
const MAX_CHUNK_BYTES = 330_000;

/** A chunk that is ready to be written. */
export interface PackedChunk {
  readonly index: number;
  readonly stored: Uint8Array;
  readonly info: ChunkInfo;
}

/** Totals of everything that was packed. */
interface PackedTotals {
  readonly recordCount: number;
  readonly messageCount: number;
  readonly bytes: number;
  readonly chunks: readonly ChunkInfo[];
}

export interface ArchivePacker {
  /** Adds the record; returns the chunk that it did not fit into any more, if one is full. */
  add(record: LogRecord): PackedChunk | undefined;
  /** Returns the last chunk; nothing may be added afterwards. */
  end(): PackedChunk | undefined;
  totals(): PackedTotals;
}

/** Packs records, given in position order, into chunks; holds one chunk in memory at a time. */
export function archivePacker(): ArchivePacker {
  const chunks: ChunkInfo[] = [];
  const totals = { recordCount: 0, messageCount: 0, bytes: 0 };
  let lines: string[] = [];
  let pendingBytes = 0;
  let from = 0;
  let to = 0;

  function cut(): PackedChunk | undefined {
    if (lines.length === 0) return undefined;
    const text = lines.join('');
    // Synchronous: a few milliseconds, and a run of the protocol then waits for nothing but its requests.
    const stored = gzipSync(text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const info = { from, to, storedBytes: stored.byteLength, sha256 };
    chunks.push(info);
    lines = [];
    pendingBytes = 0;
    return { index: chunks.length - 1, stored, info };
  }

  return {
    add(record) {
      const line = toLine(toArchived(record));
      const lineBytes = Buffer.byteLength(line);
      const full = pendingBytes + lineBytes > MAX_CHUNK_BYTES ? cut() : undefined;
      if (lines.length === 0) from = record.position;
      to = record.position;
      lines.push(line);
      pendingBytes += lineBytes;
      totals.recordCount += 1;
      totals.messageCount += record.messages.length;
      totals.bytes += lineBytes;
      return full;
    },
    end: cut,
    totals: () => ({ ...totals, chunks: [...chunks] }),
  };
}

function toArchived({ position, appendId, appendedAtMs, messages }: LogRecord): ArchivedRecord {
  return { position, appendId, appendedAtMs, messages };
}
