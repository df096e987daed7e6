import { shortened } from '../text/index.ts';

/** In UTF-16 code units; what is longer is no word of a language, and known by its beginning. */
const MAX_WORD_LENGTH = 64;
/** So much is looked at of a name made of several words. */
const MAX_NAME_LENGTH = 256;
const PLAIN = /^[a-z0-9]+$/;
const BETWEEN = /[^\p{L}\p{M}\p{N}]+/u;
const CASE_CHANGE = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
/** With them, two words are written as one: "Ann's", "l'eau". */
const JOINS = /['’\s]/u;
const INVISIBLE = /\p{Cf}+/gu;
const LETTER = /\p{L}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * The forms in which one word is looked for: the word itself and, of a name that is made of several (`userId`,
 * `node.js`, `Disney+`), its parts of two letters and more. Of words that an apostrophe joins there are the parts alone,
 * so that "Ann's" is "Ann".
 */
export function formsOf(word: string): string[] {
  if (word.length <= MAX_WORD_LENGTH && PLAIN.test(word)) return [word];
  const name = word.slice(0, MAX_NAME_LENGTH).toWellFormed();
  const plain = name.normalize('NFKC').replace(INVISIBLE, '');
  const parts = plain
    .split(BETWEEN)
    .flatMap((part) => [part, ...part.split(CASE_CHANGE)])
    .map(folded)
    .filter((part) => LETTER.test(part) && [...part].length > 1);
  const whole = JOINS.test(plain) && parts.length > 0 ? [] : [folded(plain)];
  return [...new Set([...whole, ...parts])].filter((form) => LETTER_OR_DIGIT.test(form));
}

/**
 * The same for a word in small and in capital letters: ß is ss, a sigma is a sigma. Turkish ı and İ are i, since a
 * capital I does not tell its language.
 */
function folded(word: string): string {
  const small = word.toUpperCase().toLowerCase().replaceAll('i\u0307', 'i').replaceAll('ς', 'σ');
  return shortened(small.normalize('NFKC'), MAX_WORD_LENGTH);
}
