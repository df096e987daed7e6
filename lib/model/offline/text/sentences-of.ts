const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const NOT_IN_WORD = '(?:^|[^\\p{L}\\p{M}\\p{N}])';
const CONSONANT = '[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]';

/**
 * A full stop that ends no sentence: of an ordinal (`3. Oktober`), of single letters (`z. B.`, `J. R.`), of an
 * abbreviation without a vowel (`Dr.`, `bzw.`) or of a few with one. A number of one or two digits at the end of a
 * sentence is taken for an ordinal, too: the next sentence stays with it.
 */
const OPEN_STOP = new RegExp(
  `(?:(?:^|\\s)\\d{1,2}|${NOT_IN_WORD}(?:(?!I\\.)(?:\\p{L}\\.){0,4}\\p{L}|${CONSONANT}{2,4}|Prof|Sra|inkl|evtl|approx))\\.\\s*$`,
  'u',
);
/** `page.html?id=3`: what is not followed by a space ends nothing. The marks of Chinese and Japanese do. */
const NO_SPACE_AFTER = /[.?!]["')\]]*$/;
/** As long as what these expressions may look at. */
const TAIL_LENGTH = 16;

/** Scripts that write no mark at the end of a sentence, but a space. */
const UNMARKED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const MAX_UNMARKED_LENGTH = 160;

/** The sentences of a paragraph in any language, in order, without the spaces around them. */
export function* sentencesOf(paragraph: string): Generator<string> {
  let open = '';
  for (const { segment } of segmenter.segment(paragraph)) {
    open += segment;
    const tail = segment.slice(-TAIL_LENGTH);
    if (OPEN_STOP.test(tail) || NO_SPACE_AFTER.test(tail)) continue;
    yield* trimmed(open);
    open = '';
  }
  yield* trimmed(open);
}

function* trimmed(sentence: string): Generator<string> {
  let rest = sentence.trim();
  while (rest.length > MAX_UNMARKED_LENGTH && UNMARKED.test(rest.slice(0, MAX_UNMARKED_LENGTH))) {
    const space = rest.lastIndexOf(' ', MAX_UNMARKED_LENGTH);
    if (space <= 0) break;
    yield rest.slice(0, space);
    rest = rest.slice(space + 1);
  }
  if (rest !== '') yield rest;
}
