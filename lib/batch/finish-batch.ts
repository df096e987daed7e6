import type { Clock } from '../clock/index.ts';

/** After this number of answers in a row without progress, the database counts as out of order. */
const MAX_STALLS = 8;
/** The wait after such an answer is random, below a ceiling that doubles from the first to the second. */
const MIN_WAIT_MS = 50;
const MAX_WAIT_MS = 2_000;

/** How to wait for a database that is behind. */
export interface Patience {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Ends it before the next request, with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Repeats a batch request with what its answer left undone. A partial answer is no failure: DynamoDB gives 16 MB, and
 * 1 MB of one partition, and less when it throttles
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). After an answer that did
 * something the next request follows at once; after one that did nothing, a random wait. So there are at most
 * `items.length` requests that get somewhere, and 7 s of waiting between any two of them.
 *
 * @param request does what it can of the items, and returns the rest.
 * @throws what `toError` makes, after 8 answers in a row that did nothing; the signal's reason.
 */
export async function finishBatch<T>(
  items: readonly T[],
  request: (items: readonly T[]) => Promise<readonly T[]>,
  { clock, random, signal, toError }: Patience & { readonly toError: (cause: Error) => Error },
): Promise<void> {
  let stalls = 0;
  let rest = items;
  while (rest.length > 0) {
    signal?.throwIfAborted();
    const left = await request(rest);
    stalls = left.length < rest.length ? 0 : stalls + 1;
    rest = left;
    if (stalls === MAX_STALLS) {
      throw toError(new Error(`${rest.length} of ${items.length} items were not processed`));
    }
    if (stalls > 0)
      await clock.sleep(random() * Math.min(MAX_WAIT_MS, MIN_WAIT_MS * 2 ** (stalls - 1)), signal);
  }
}
