import type { Clock } from '../clock/index.ts';
import { NEIGHBOURS_PER_REQUEST, type Vector } from '../embedding/index.ts';
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
import { type FoundMessage, fuseMessages, type RankedMessage } from './fuse-messages.ts';
import { type Meaning, nearByMeaning } from './near-by-meaning.ts';
import { pauses } from './pauses.ts';
import { rankByWords, type Unit, type WordRanking } from './rank-by-words.ts';
import type { Ranking } from './ranking.ts';
import type { ArchivedPlace } from './read-near.ts';
import { snippetOf } from './snippet-of.ts';

/** Pages of 1 MB at most, of the log and of archives, that one search reads. */
const MAX_READS = 40;
/** Of these, chunks that are read for messages that only the meaning finds. */
const MAX_NEAR_READS = 20;
/** In UTF-16 code units, of what is looked at of messages: after the read that comes to it, the search ends. */
const MAX_TEXT_LENGTH = 4_000_000;
/** What was found until then is given. */
const MAX_MS = 10_000;
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

/** Where a session is read from, and the time. */
export type SearchSource = LogSource & { readonly patience: { readonly clock: Pick<Clock, 'now'> } };

/** The hits, best first, and where to go on. */
export interface SessionSearch {
  readonly hits: readonly MessageHit[];
  readonly ranking: Ranking;
  /** What was not read yet is at earlier positions; absent when all was. */
  readonly nextBefore?: number;
}

/**
 * The messages of a session that are nearest to a query, by words, live ones and archived ones: of their texts and those
 * of the two turns before and after, of their speakers' names, and of the time when they were said. They are read from the newest
 * back, in at most 40 reads of 1 MB, and no further than the page or chunk that comes to 4 000 000 UTF-16 units of text, or
 * to 10 s; a session that has more is gone on with from `nextBefore`, and its hits are ranked for themselves. At most 1 000
 * messages are held, 32 MB of them, and what one read gives; the time is linear in what is read. A search that commits
 * overtake begins again, five times at most.
 *
 * With `meaning`, the 100 nearest of the archived messages join them by reciprocal rank, in an answer without `before`: those that go
 * on would give them again. What only the meaning finds is read by its archive's manifest, in at most 20 of the 40 reads. Where
 * meaning is not at hand within 2 s, the answer is by words.
 *
 * @param options.query its first 64 different words count.
 * @param options.limit hits at most; 500 are the most there are.
 * @param options.before only at earlier positions.
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError; the signal's reason.
 */
export async function searchSession(source: SearchSource, options: Options): Promise<SessionSearch> {
  const untilMs = source.patience.clock.now() + MAX_MS;
  const near = options.before === undefined ? nearMessages(source, options) : undefined;
  near?.catch(() => 'thrown where it is waited for');
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    try {
      return await search(source, { ...options, untilMs }, near);
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error;
    }
  }
  throw new ReadContendedError(MAX_ATTEMPTS);
}

interface Options {
  readonly query: string;
  readonly limit: number;
  readonly before?: number;
  readonly meaning?: Meaning | undefined;
  readonly signal: AbortSignal;
}

interface TimedOptions extends Options {
  /** From then on nothing more is read. */
  readonly untilMs: number;
}

type NearMessages = Promise<readonly ArchivedPlace[] | undefined>;

async function nearMessages({ key }: LogSource, { query, meaning, signal }: Options): NearMessages {
  if (!meaning) return undefined;
  const { embedder, vectors } = meaning.embedding;
  const find = (vector: Vector) => vectors.nearMessages(key, embedder, vector, NEIGHBOURS_PER_REQUEST);
  return nearByMeaning(meaning, { query, tenant: key.tenant, find, signal });
}

async function search(
  source: SearchSource,
  options: TimedOptions,
  nearing: NearMessages | undefined,
): Promise<SessionSearch> {
  const { limit, signal } = options;
  const { ranking, nextBefore } = await rankReads(source, options, nearing);
  const near = await nearing;
  signal.throwIfAborted();
  const end = nextBefore === undefined ? {} : { nextBefore };
  if (!near) return { hits: await toHits(ranking.best(limit), signal), ranking: 'words', ...end };
  const byWords = ranking.best(Math.max(limit, NEIGHBOURS_PER_REQUEST));
  const bounds = { limit, maxChunks: MAX_NEAR_READS, signal };
  const hits = await toHits(await fuseMessages(source, { byWords, near }, bounds), signal);
  return { hits, ranking: 'words-and-meaning', ...end };
}

async function rankReads(
  source: SearchSource,
  { query, limit, before, untilMs, signal }: TimedOptions,
  nearing: NearMessages | undefined,
): Promise<{ readonly ranking: WordRanking<FoundMessage>; readonly nextBefore: number | undefined }> {
  const meta = await source.store.readMeta(source.key);
  if (!meta) throw new SessionNotFoundError(source.key);
  const end = before ?? meta.nextSeq;
  const pause = pauses(signal);
  const ranking = rankByWords<FoundMessage>(query, { hasNeighbours: true });
  let maxReads = MAX_READS;
  let reads = 0;
  let length = 0;
  for await (const { place, records, from, endsRequest } of readsBackwards(source, meta, { before: end })) {
    signal.throwIfAborted();
    const wanted = records.filter(({ position }) => position < end);
    for (const { position, messages } of wanted.sort((a, b) => b.position - a.position)) {
      for (const [index, message] of [...messages.entries()].reverse()) {
        const unit = unitOf({ message, position, index, place });
        length += unit.text.length;
        ranking.add(unit);
        await pause(unit.text.length);
      }
    }
    if (endsRequest) reads += 1;
    if (endsRequest && reads === MAX_READS - MAX_NEAR_READS) {
      const near = (await nearing) ?? [];
      maxReads -= Math.min(MAX_NEAR_READS, limit, near.length);
    }
    const isOver = source.patience.clock.now() >= untilMs;
    if (reads < maxReads && length < MAX_TEXT_LENGTH && !isOver) continue;
    return { ranking, nextBefore: from > 1 ? from : undefined };
  }
  return { ranking, nextBefore: undefined };
}

/** A hit that only the meaning has found shows its beginning. @throws the signal's reason. */
async function toHits(ranked: readonly RankedMessage[], signal: AbortSignal): Promise<MessageHit[]> {
  const pause = pauses(signal);
  const hits: MessageHit[] = [];
  for (const { item, score, countIn } of ranked) {
    const { index: _index, ...found } = item;
    const text = textOf(readable([item.message]));
    hits.push({ ...found, score, snippet: snippetOf(text, countIn) });
    await pause(text.length);
  }
  return hits;
}

function unitOf(item: FoundMessage): Unit<FoundMessage> {
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
