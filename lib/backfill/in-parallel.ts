/**
 * Does the work of each item, of so many at once. After one fails, no other begins, and it waits for those under way, whose
 * signal aborts.
 *
 * @throws what failed first; the signal's reason.
 */
export async function inParallel<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  // All workers draw from this one.
  const queue = drawnFrom(items);
  const worker = async () => {
    try {
      for await (const item of queue) {
        either.throwIfAborted();
        await work(item, either);
      }
      either.throwIfAborted();
    } catch (error) {
      failure.abort(error);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  failure.signal.throwIfAborted();
}

async function* drawnFrom<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
