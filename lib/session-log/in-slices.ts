/** So many requests of one append are under way at a time. */
const AT_ONCE = 20;

/**
 * Does a request for each item, 20 at a time, and gives the results in the items' order.
 *
 * @throws the first failure, in the items' order, once nothing is under way any more.
 */
export async function inSlices<Item, Result>(
  items: readonly Item[],
  request: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    for (const settled of await Promise.allSettled(items.slice(start, start + AT_ONCE).map(request))) {
      if (settled.status === 'rejected') throw settled.reason;
      results.push(settled.value);
    }
  }
  return results;
}
