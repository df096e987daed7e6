const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * In UTF-16 units. Of most languages, a word's first letters say what it is about, and its end what it does in the
 * sentence (McNamee and Mayfield, 2004): `upload` and `uploads` are one term.
 */
const TERM_LENGTH = 6;

/**
 * What each sentence of any language speaks of, each once: the beginnings of its words, and its numbers. Sentences
 * are read together, because the dictionaries of Chinese and Thai take longer to open than to use.
 */
export function termsOf(sentences: readonly string[]): Set<string>[] {
  const all: Set<string>[] = [];
  let terms = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(`${sentences.join('\n')}\n`)) {
    const word = segment.normalize('NFKC').toLowerCase();
    if (isWordLike) terms.add(/\p{N}/u.test(word) ? word : word.slice(0, TERM_LENGTH));
    if (segment !== '\n') continue;
    all.push(terms);
    terms = new Set();
  }
  return all;
}
