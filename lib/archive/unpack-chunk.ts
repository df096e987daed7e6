import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parseJson } from '../json/index.ts';
import type { ArchivedRecord } from './archived-record.ts';
import { ArchiveCorruptError } from './errors.ts';
import type { ChunkInfo } from './manifest.ts';

/**
 * The records of a stored chunk, in position order.
 *
 * @throws ArchiveCorruptError when the chunk is not what its manifest says.
 */
export function unpackChunk(stored: Uint8Array, info: ChunkInfo): ArchivedRecord[] {
  const text = decompress(stored, info);
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (sha256 !== info.sha256) {
    throw new ArchiveCorruptError(
      `positions ${info.from} to ${info.to} have SHA-256 ${sha256}; the manifest says ${info.sha256}`,
    );
  }
  return text
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => parseJson(line) as ArchivedRecord);
}

function decompress(stored: Uint8Array, { from, to }: ChunkInfo): Buffer {
  try {
    return gunzipSync(stored);
  } catch (cause) {
    throw new ArchiveCorruptError(`positions ${from} to ${to} do not decompress`, { cause });
  }
}
