/**
 * Works on all items, at most `limit` at a time, and gives the results in the items' order. After one fails no other begins, the
 * signal of those under way aborts, and what failed first is thrown when they have ended.
 *
 * @throws what failed first; the signal's reason.
 */
export async function inParallel<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  signal: AbortSignal,
  work: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const results: Result[] = [];
  // All workers draw from this one.
  const queue = numbered(items);

  async function worker(): Promise<void> {
    try {
      for await (const [index, item] of queue) {
        either.throwIfAborted();
        results[index] = await work(item, index, either);
      }
    } catch (error) {
      failure.abort(error);
    }
  }

  await Promise.all(Array.from({ length: limit }, worker));
  either.throwIfAborted();
  return results;
}

async function* numbered<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<readonly [index: number, item: Item]> {
  let index = 0;
  for await (const item of items) yield [index++, item];
}
