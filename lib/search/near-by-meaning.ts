import { type Clock, startDeadline, untilAborted } from '../clock/index.ts';
import { type Embedding, EmbeddingUnavailableError, type Vector } from '../embedding/index.ts';
import type { Patience } from '../store/index.ts';
import type { SearchEvent } from './search-event.ts';

/** Embedding a query and looking it up takes 0.1 to 0.5 s; an answer by words does not wait much longer than it takes to read. */
const TIME_LIMIT_MS = 2_000;
/** At a right angle: what is as far, or farther, has nothing to do with a query. */
const FAR = 1;

/** How a search finds by meaning. */
export interface Meaning {
  readonly embedding: Embedding;
  readonly patience: Patience & { readonly clock: Clock };
  readonly onEvent: (event: SearchEvent) => void;
}

interface Near {
  readonly distance: number;
}

/**
 * What is nearest to a query by meaning, nearest first, found within 2 s.
 *
 * @param options.find asks the index; may throw.
 * @returns undefined when it cannot be said, which is reported: the search is by words then.
 * @throws the signal's reason, and nothing else.
 */
export async function nearByMeaning<Found extends Near>(
  { embedding, patience: { clock }, onEvent }: Meaning,
  options: {
    readonly query: string;
    readonly tenant: string;
    readonly find: (vector: Vector) => Promise<readonly Found[]>;
    readonly signal: AbortSignal;
  },
): Promise<readonly Found[] | undefined> {
  const { query, tenant, find, signal } = options;
  const startedAtMs = clock.now();
  const late = () =>
    new EmbeddingUnavailableError(`The query was not embedded and looked up within ${TIME_LIMIT_MS} ms.`);
  using limit = startDeadline(clock, TIME_LIMIT_MS, late);
  const ends = AbortSignal.any([signal, limit.signal]);
  const look = async () => {
    const [vector] = await embedding.embedder.embed([query], { purpose: 'query', signal: ends });
    ends.throwIfAborted();
    return vector ? find(vector) : [];
  };
  try {
    const found = await untilAborted(look(), ends);
    return found.filter(({ distance }) => distance < FAR);
  } catch (error) {
    signal.throwIfAborted();
    onEvent({ type: 'search.by-words-alone', tenant, error, durationMs: clock.now() - startedAtMs });
    return undefined;
  }
}
