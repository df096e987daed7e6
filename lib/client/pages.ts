interface Page<Mark> {
  /** What to pass to get the next page; absent on the last. */
  readonly nextAfter?: Mark;
}

/**
 * The items of all pages, one page at a time.
 *
 * @param start the mark that the first page comes after; the beginning when undefined.
 */
export async function* pages<Mark extends number | string, P extends Page<Mark>, Item>(
  start: Mark | undefined,
  fetchPage: (after: Mark | undefined) => Promise<P>,
  itemsOf: (page: P) => readonly Item[],
): AsyncGenerator<Item, void, undefined> {
  let after = start;
  do {
    const page: P = await fetchPage(after);
    yield* itemsOf(page);
    after = page.nextAfter;
  } while (after !== undefined);
}
