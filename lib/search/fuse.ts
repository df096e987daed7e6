/**
 * How little the first places of a ranking count beyond those behind them. 60, the paper's, is for rankings of a thousand: of a
 * hundred, what is nowhere near the top of either would come before what is first of one. docs/search.md has the figures.
 */
const FLATTENING = 10;

/** What two rankings have, and how high up it is in both. */
export interface Fused<Item> {
  readonly item: Item;
  /** Above 0. */
  readonly score: number;
}

/**
 * Joins rankings into one by reciprocal rank: the sum of 1 / (10 + rank), ranks from 1 (Cormack, Clarke and Büttcher, 2009). It
 * needs no scores, which cannot be compared between words and meaning. Of what is equal, the first ranking's comes first.
 *
 * @param nameOf the same for the same thing in all rankings; of a thing, the first ranking's item is given back.
 */
export function fuse<Item>(
  rankings: readonly (readonly Item[])[],
  nameOf: (item: Item) => string,
): Fused<Item>[] {
  const fused = new Map<string, Fused<Item>>();
  for (const ranking of rankings) {
    for (const [index, item] of ranking.entries()) {
      const name = nameOf(item);
      const known = fused.get(name);
      const score = (known?.score ?? 0) + 1 / (FLATTENING + index + 1);
      fused.set(name, { item: known?.item ?? item, score });
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score);
}
