/**
 * Does the work for each item, for at most `concurrency` of them at a time.
 *
 * @throws what the work throws first, once the work that is under way then has ended.
 */
export async function forEachConcurrently<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  const results = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason;
  }
}
