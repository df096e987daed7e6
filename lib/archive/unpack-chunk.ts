import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { ArchivedRecord } from './archived-record.ts';
import { ArchiveCorruptError } from './errors.ts';
import type { ChunkInfo } from './manifest.ts';

const decompress = promisify(gunzip);

/**
 * The records of a stored chunk, in position order.
 *
 * @throws ArchiveCorruptError when the chunk is not what its manifest says.
 */
export async function unpackChunk(stored: Uint8Array, info: ChunkInfo): Promise<ArchivedRecord[]> {
  const text = await decompress(stored).catch((cause: unknown) => {
    throw new ArchiveCorruptError(`positions ${info.from} to ${info.to} do not decompress`, { cause });
  });
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
    .map((line) => JSON.parse(line) as ArchivedRecord);
}
