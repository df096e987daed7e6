const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * A full stop that ends no sentence: of an ordinal (`3. Oktober`), of single letters (`z. B.`, `J. R.`), of an
 * abbreviation without a vowel (`Dr.`, `bzw.`) or of a few with one. A number of one or two digits at the end of a
 * sentence is taken for an ordinal, too: the next sentence stays with it.
 */
const OPEN_STOP =
  /(?:(?:^|\s)\d{1,2}|(?:^|[^\p{L}\p{M}\p{N}])(?:(?!I\.)(?:\p{L}\.){0,4}\p{L}|[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{2,4}|Prof|Sra|inkl|evtl|approx))\.\s*$/u;
/** `page.html?id=3`: what is not followed by a space ends nothing. The marks of Chinese and Japanese do. */
const NO_SPACE_AFTER = /[.?!]["')\]]*$/; /** In UTF-16 units: as much as these expressions may look at. */
const TAIL_LENGTH = 16;

/** Scripts that write no mark at the end of a sentence, but a space. */
const UNMARKED = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const UNMARKED_PART = /\S.{0,158}(?=\s|$)/gsu;

/** The sentences of a paragraph in any language, in order, without the spaces around them. */
export function sentencesOf(paragraph: string): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(paragraph)) {
    open += segment;
    const tail = segment.slice(-TAIL_LENGTH);
    if (OPEN_STOP.test(tail) || NO_SPACE_AFTER.test(tail)) continue;
    sentences.push(open);
    open = '';
  }
  const whole = [...sentences, open].map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
  return whole.flatMap((one) => (UNMARKED.test(one) ? (one.match(UNMARKED_PART) ?? []) : one));
}
