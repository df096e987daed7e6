/** A page that nobody asked to be shorter. */
export const PAGE = 1_000;

/** As a database sorts names. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** The items whose names are behind `after`, in their order, and after which of them to go on. */
export function pageOf<T>(
  items: ReadonlyMap<string, T>,
  { limit, after }: { readonly limit: number; readonly after: string },
) {
  const names = [...items.keys()].filter((name) => byBytes(name, after) > 0).sort(byBytes);
  const page = names.slice(0, limit);
  return { items: page.flatMap((name) => items.get(name) ?? []), nextAfter: nextAfterOf(page, names) };
}

/** @param names from the first of the page on. */
export function nextAfterOf(page: readonly string[], names: readonly string[]) {
  const last = page.at(-1);
  return names.length > page.length && last !== undefined ? { nextAfter: last } : {};
}
