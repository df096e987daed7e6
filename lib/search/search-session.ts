import { readable } from '../model/index.ts';
import type { Message } from '../session/index.ts';
import {
  type LogSource,
  OvertakenError,
  type Place,
  ReadContendedError,
  readsBackwards,
} from '../session-log/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import { scoresByWords, wordsOf } from '../words/index.ts';

/** Pages of the log, of 1 MB at most, and chunks of archives, of 330 KB, that one search reads. */
const MAX_READS = 40;
/** A search that a commit overtakes begins again at most this often. */
const MAX_ATTEMPTS = 5;

export interface MessageHit {
  readonly message: Message;
  readonly position: number;
  readonly place: Place;
  /** Above 0; comparable within one answer only. */
  readonly score: number;
  /** What of the message is near to the query, in one line; at most 300 UTF-16 units. */
  readonly snippet: string;
}

/** The hits of what was read, best first, and where to go on. */
export interface SessionSearch {
  readonly hits: readonly MessageHit[];
  /** What was not read yet is at earlier positions; absent when all was. */
  readonly nextBefore?: number;
}

const MAX_SNIPPET = 300;

/**
 * The messages of a session that are nearest to a query, by words, live ones and archived ones, from the newest back. At
 * most 40 reads are made; a session that has more is gone on with from `nextBefore`, and its hits are ranked for themselves.
 *
 * @param options.limit hits at most.
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
  const found: (Omit<MessageHit, 'score' | 'snippet'> & { readonly text: string })[] = [];
  let reads = 0;
  let nextBefore: number | undefined;
  for await (const { place, records, from } of readsBackwards(source, meta, {
    before: before ?? meta.nextSeq,
  })) {
    signal.throwIfAborted();
    for (const { position, messages } of records) {
      for (const message of messages) {
        found.push({
          message,
          position,
          place,
          text: readable([message])
            .map(({ content }) => content)
            .join('\n'),
        });
      }
    }
    reads += 1;
    nextBefore = from > 1 ? from : undefined;
    if (reads >= MAX_READS) break;
  }
  const scores = scoresByWords(
    new Set(wordsOf(query)),
    found.map(({ text }) => wordsOf(text)),
  );
  const hits = found
    .map(({ text, ...hit }, index) => ({
      ...hit,
      score: scores[index] ?? 0,
      snippet: text.slice(0, MAX_SNIPPET),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
  return { hits, ...(nextBefore !== undefined && reads >= MAX_READS && { nextBefore }) };
}
