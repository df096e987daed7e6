/** How soon a word that is repeated adds nothing more, and how much long texts are held back: as Lucene has them. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;

/**
 * How near each text is to the words that are looked for, in the order of the texts: 0 where they share none. A word
 * that few of the texts have counts more than one that many have, so that no list of any language's common words is
 * needed (BM25: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
 *
 * @param texts the words of each text.
 */
export function scoresByWords(wanted: ReadonlySet<string>, texts: readonly (readonly string[])[]): number[] {
  const shared = texts.map((words) => countsOf(words.filter((word) => wanted.has(word))));
  const textsWith = countsOf(shared.flatMap((counts) => [...counts.keys()]));
  const meanLength = texts.reduce((sum, { length }) => sum + length, 0) / texts.length;
  const rarity = (word: string) => {
    const having = textsWith.get(word) ?? 0;
    return Math.log(1 + (texts.length - having + 0.5) / (having + 0.5));
  };
  return shared.map((counts, index) => {
    const length = (texts[index]?.length ?? 0) / meanLength;
    const held = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length);
    let score = 0;
    for (const [word, count] of counts) score += (rarity(word) * count * (SATURATION + 1)) / (count + held);
    return score;
  });
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
