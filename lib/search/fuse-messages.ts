import type { Message } from '../session/index.ts';
import type { LogSource, Place } from '../session-log/index.ts';
import { fuse } from './fuse.ts';
import type { Ranked } from './rank-by-words.ts';
import { type ArchivedPlace, readNear } from './read-near.ts';

export interface FoundMessage {
  readonly message: Message;
  readonly position: number;
  /** Among the messages of its append. */
  readonly index: number;
  readonly place: Place;
}

export type RankedMessage = Ranked<FoundMessage>;

const NO_WORDS: ReadonlyMap<number, number> = new Map();

/**
 * Messages that were found by words with those that are near by meaning. Those that only the meaning finds are read, as they
 * are archived; what a deletion has taken is left out.
 *
 * @param found.byWords best first.
 * @param found.near nearest first.
 * @param bounds.maxChunks that are read.
 * @throws ArchiveCorruptError, StoreUnavailableError; the signal's reason.
 */
export async function fuseMessages(
  source: LogSource,
  { byWords, near }: { readonly byWords: readonly RankedMessage[]; readonly near: readonly ArchivedPlace[] },
  { limit, ...bounds }: { readonly limit: number; readonly maxChunks: number; readonly signal: AbortSignal },
): Promise<RankedMessage[]> {
  const known = new Map(byWords.map((ranked) => [nameOf(ranked.item), ranked]));
  const fused = fuse<At | ArchivedPlace>([byWords.map(({ item }) => item), near], nameOf);
  const unread = fused
    .slice(0, limit)
    .flatMap(({ item }) => ('archive' in item && !known.has(nameOf(item)) ? [item] : []));
  if (unread.length > 0) {
    for (const { place, message } of await readNear(source, unread, bounds)) {
      known.set(nameOf(place), byMeaningAlone(place, message));
    }
  }
  return fused
    .flatMap(({ item, score }) => {
      const ranked = known.get(nameOf(item));
      return ranked ? [{ ...ranked, score }] : [];
    })
    .slice(0, limit);
}

type At = Pick<FoundMessage, 'position' | 'index'>;

function nameOf({ position, index }: At): string {
  return `${position}#${index}`;
}

function byMeaningAlone({ archive, position, index }: ArchivedPlace, message: Message): RankedMessage {
  const place = { state: 'archived', archive } as const;
  return { item: { message, position, index, place }, score: 0, countIn: () => NO_WORDS };
}
