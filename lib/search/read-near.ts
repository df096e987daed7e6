import { unpackChunk } from '../archive/index.ts';
import type { MessagePlace } from '../embedding/index.ts';
import { groupBy } from '../groups/index.ts';
import type { Message } from '../session/index.ts';
import type { LogSource } from '../session-log/index.ts';
import { readAllManifests } from '../store/index.ts';

export type ArchivedPlace = MessagePlace & { readonly archive: number };

/**
 * Archived messages by their places, read chunk by chunk, one in memory at a time. What a deletion has taken is left out.
 *
 * @param options.maxChunks of 330 KB that are read; those of the first places come first, and messages of others are left out.
 * @throws ArchiveCorruptError, StoreUnavailableError; the signal's reason.
 */
export async function readNear<Place extends ArchivedPlace>(
  { store, key, patience }: LogSource,
  places: readonly Place[],
  { maxChunks, signal }: { readonly maxChunks: number; readonly signal: AbortSignal },
): Promise<{ readonly place: Place; readonly message: Message }[]> {
  const archives = [...new Set(places.map(({ archive }) => archive))];
  const manifests = await readAllManifests(store, key, archives, ['chunks'], { ...patience, signal });
  const chunkOf = ({ archive, position }: Place) => {
    const chunks = manifests.find((manifest) => manifest.archive === archive)?.chunks ?? [];
    const index = chunks.findIndex(({ from, to }) => from <= position && position <= to);
    const info = chunks[index];
    return info && { archive, index, info };
  };
  const found: { readonly place: Place; readonly message: Message }[] = [];
  const wanted = groupBy(places, (place) => {
    const chunk = chunkOf(place);
    return chunk && `${chunk.archive}#${chunk.index}`;
  });
  wanted.delete(undefined);
  for (const inChunk of [...wanted.values()].slice(0, maxChunks)) {
    signal.throwIfAborted();
    const [first] = inChunk;
    const chunk = first && chunkOf(first);
    const stored = chunk && (await store.readChunk(key, chunk.archive, chunk.index));
    if (!stored) continue;
    const records = new Map(unpackChunk(stored, chunk.info).map((record) => [record.position, record]));
    for (const place of inChunk) {
      const message = records.get(place.position)?.messages[place.index];
      if (message) found.push({ place, message });
    }
  }
  return found;
}
