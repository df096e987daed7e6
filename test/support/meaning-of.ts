/** Words of one meaning; the first stands for all. */
const SYNONYMS = [
  ['car', 'automobile', 'vehicle'],
  ['doctor', 'physician'],
  ['dog', 'puppy', 'hound'],
  ['film', 'movie'],
  ['home', 'house', 'flat', 'apartment'],
  ['job', 'work', 'occupation', 'profession'],
  ['purchase', 'bought', 'buy', 'acquired'],
  ['travel', 'trip', 'journey', 'voyage'],
  ['child', 'kid', 'daughter', 'son'],
] as const;

/** Words that say little of what a text is about. */
const SMALL = new Set(
  'a an and are at did do does for i in is it my of on the to was what you your'.split(' '),
);

const first = new Map(SYNONYMS.flatMap((group) => group.map((word) => [word as string, group[0]] as const)));
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * A vector that stands for what a text means, always the same one: its words, or those they are synonyms of, hashed into buckets, so
 * that 'car' and 'automobile' lie together and texts without a common word apart. Not of length 1, as models give them.
 */
export function meaningOf(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of meaningfulWords(text)) {
    const hash = hashOf(word);
    const bucket = hash % dimensions;
    vector[bucket] = (vector[bucket] ?? 0) + 1;
  }
  return vector;
}

/** The whole text where it has no word, so that no vector is zero. */
function meaningfulWords(text: string): string[] {
  const words = Array.from(segmenter.segment(text.toLowerCase()))
    .filter(({ isWordLike, segment }) => isWordLike && !SMALL.has(segment))
    .map(({ segment }) => first.get(segment) ?? segment);
  return words.length > 0 ? words : [text];
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
