const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Words that English is full of, and other languages have not. */
const COMMON = new Set(
  'the and I of that this with you have are what not from your our they but can my is it were been how which would just about there their if any some when who all has she his him as where than because really those them these us up out see good much many more into back very here by looks like get got'.split(
    ' ',
  ),
);
const CONTRACTION = /^\p{L}+['’](?:m|re|ve|ll|s|t|d)$/u;
/** English, but not English alone. */
const SHARED = new Set('a an at do for in on to we'.split(' '));
const LATIN = /\p{Script=Latin}/u;

/** In UTF-16 units: enough to tell. */
const READ_LENGTH = 2_000;
const MIN_WORDS = 6;
/** Fewer words than these may be English though they look like notes. */
const MANY_WORDS = 12;
/** A word that is not English alone counts half: English prose comes to 0.4 or so, its close relatives to 0.1. */
const MIN_SHARE = 0.15;

/** Whether a text is in English; `unclear` where it is too short to tell. */
export function languageOf(text: string): 'english' | 'other' | 'unclear' {
  const words = Array.from(segmenter.segment(text.slice(0, READ_LENGTH)))
    .filter(({ segment, isWordLike }) => isWordLike && /\p{L}/u.test(segment))
    .map(({ segment }) => segment);
  if (words.filter((word) => !LATIN.test(word)).length > words.length / 2) return 'other';
  const shared = words.filter((word) => SHARED.has(word.toLowerCase())).length;
  const score = words.filter(isCommon).length + shared / 2;
  if (score / words.length >= MIN_SHARE) return 'english';
  return words.length < MIN_WORDS || (words.length < MANY_WORDS && score > 0) ? 'unclear' : 'other';
}

/** Only `I` is written with a capital inside of sentences; the `i` of other languages is not. */
function isCommon(word: string): boolean {
  return COMMON.has(word) || COMMON.has(word.toLowerCase()) || CONTRACTION.test(word);
}
