import { readable, speakerOf } from '../model/index.ts';
import type { Message } from '../session/index.ts';
import {
  type LogSource,
  OvertakenError,
  type Place,
  ReadContendedError,
  readsBackwards,
} from '../session-log/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import { rankByWords, type Unit } from './rank-by-words.ts';
import { snippetOf } from './snippet-of.ts';

/** Pages of the log, of 1 MB at most, and chunks of archives, of 330 KB, that one search reads. */
const MAX_READS = 40;
/** In UTF-16 code units, of what is looked at of messages: after the read that comes to it, the search ends. */
const MAX_TEXT_LENGTH = 4_000_000;
/** A search that a commit overtakes begins again at most this often. */
const MAX_ATTEMPTS = 5;

export interface MessageHit {
  readonly message: Message;
  readonly position: number;
  readonly place: Place;
  /** Above 0; comparable within one answer only. */
  readonly score: number;
  /** What of the message is near to the query, by `snippetOf`: on one line, at most 300 UTF-16 units. */
  readonly snippet: string;
}

/** The hits of what was read, best first, and where to go on. */
export interface SessionSearch {
  readonly hits: readonly MessageHit[];
  /** What was not read yet is at earlier positions; absent when all was. */
  readonly nextBefore?: number;
}

/**
 * The messages of a session that are nearest to a query, by words, live ones and archived ones: of their texts and those
 * of the two turns before and after, of their speakers' names, and of the time when they were said. They are read from the newest
 * back, in at most 40 reads of 1 MB, and no further than the read that comes to 4 000 000 UTF-16 units of text; a session
 * that has more is gone on with from `nextBefore`, and its hits are ranked for themselves. At most 1 000 messages are
 * held, 32 MB of them, and what one read gives; the time is linear in what is read. A search that commits overtake begins
 * again, five times at most.
 *
 * @param options.query its first 64 different words count.
 * @param options.limit hits at most; 500 are the most there are.
 * @param options.before only at earlier positions.
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError; the signal's reason.
 */
export async function searchSession(
  source: LogSource,
  options: {
    readonly query: string;
    readonly limit: number;
    readonly before?: number;
    readonly signal: AbortSignal;
  },
): Promise<SessionSearch> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    try {
      return await search(source, options);
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error;
    }
  }
  throw new ReadContendedError(MAX_ATTEMPTS);
}

async function search(
  source: LogSource,
  { query, limit, before, signal }: Parameters<typeof searchSession>[1],
): Promise<SessionSearch> {
  const meta = await source.store.readMeta(source.key);
  if (!meta) throw new SessionNotFoundError(source.key);
  const end = before ?? meta.nextSeq;
  const ranking = rankByWords<Found>(query, { hasNeighbours: true });
  let reads = 0;
  let length = 0;
  let nextBefore: number | undefined;
  for await (const { place, records, from } of readsBackwards(source, meta, { before: end })) {
    signal.throwIfAborted();
    const wanted = records.filter(({ position }) => position < end);
    for (const { position, messages } of wanted.sort((a, b) => b.position - a.position)) {
      for (const message of messages.toReversed()) {
        const unit = unitOf({ message, position, place });
        length += unit.text.length;
        ranking.add(unit);
      }
    }
    reads += 1;
    if (reads < MAX_READS && length < MAX_TEXT_LENGTH) continue;
    nextBefore = from > 1 ? from : undefined;
    break;
  }
  signal.throwIfAborted();
  const hits = ranking.best(limit).map(({ item, score, countIn }) => ({
    ...item,
    score,
    snippet: snippetOf(textOf(readable([item.message])), countIn),
  }));
  return { hits, ...(nextBefore !== undefined && { nextBefore }) };
}

type Found = Omit<MessageHit, 'score' | 'snippet'>;

function unitOf(item: Found): Unit<Found> {
  const pieces = readable([item.message]);
  const speakers = pieces.flatMap((piece) => speakerOf(piece) ?? []);
  return {
    text: textOf(pieces),
    speaker: [...new Set([...speakers, item.message.role])].join(' '),
    atMs: Date.parse(item.message.at),
    item,
    units: JSON.stringify(item.message).length,
  };
}

function textOf(pieces: readonly { readonly content: string }[]): string {
  return pieces.map(({ content }) => content).join('\n');
}
