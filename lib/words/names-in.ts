import { segmentsOf } from './segments-of.ts';

/** As many plus signs belong to a name as keys of memories take. */
const SIGNS = /^(?:#|\+{1,3})$/;
const ENDS_IN_LETTER = /\p{L}\p{M}*$/u;

/** NFKC parts these vowels, and the dictionaries of Thai and Lao do not know the parts. */
const AM = [
  ['\u0e4d\u0e32', '\u0e33'],
  ['\u0ecd\u0eb2', '\u0eb3'],
] as const;

/** Where a line may end inside a word. */
const SOFT_HYPHEN = '\u00ad';

/** The words of a text as they are written, with the signs of C++, C# and Disney+; its halves of characters are none. */
export function namesIn(text: string): string[] {
  const names: string[] = [];
  let name = '';
  let signs = '';
  for (const { segment, isWordLike } of segmentsOf(prepared(text))) {
    if (!isWordLike && name !== '' && (segment === '+' || segment === '#')) {
      signs += segment;
      continue;
    }
    if (name !== '') names.push(withSigns(name, signs, isWordLike === true));
    name = isWordLike ? segment : '';
    signs = '';
  }
  if (name !== '') names.push(withSigns(name, signs, false));
  return names;
}

/** One sign between two words adds them up or parts them: `a+b`, `page#part`. */
function withSigns(name: string, signs: string, isFollowed: boolean): string {
  const belong = SIGNS.test(signs) && ENDS_IN_LETTER.test(name) && !(isFollowed && signs.length === 1);
  return belong ? `${name}${signs}` : name;
}

function prepared(text: string): string {
  const whole = text.toWellFormed().replaceAll(SOFT_HYPHEN, '');
  return AM.reduce((known, [parts, vowel]) => known.replaceAll(parts, vowel), whole);
}
