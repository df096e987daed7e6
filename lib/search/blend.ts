import type { Counts } from './query-words.ts';

/** What a text has of a query's words, and how long it is, in words. */
export interface CountedText {
  readonly counts: Counts;
  readonly length: number;
}

/**
 * A text with those around it, whose words count less, by their distance.
 *
 * @param weights of the next text on both sides, of the one behind it, and so on.
 */
export function blend(texts: readonly CountedText[], index: number, weights: readonly number[]): CountedText {
  const counts = new Map(texts[index]?.counts);
  let length = texts[index]?.length ?? 0;
  for (const [step, weight] of weights.entries()) {
    for (const neighbour of [texts[index - step - 1], texts[index + step + 1]]) {
      length += weight * (neighbour?.length ?? 0);
      for (const [word, count] of neighbour?.counts ?? []) {
        counts.set(word, (counts.get(word) ?? 0) + weight * count);
      }
    }
  }
  return { counts, length };
}
