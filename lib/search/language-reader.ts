import type { CommonWords } from './common-words.ts';
import type { Language } from './languages.ts';

/** How much of what is known is kept from one text to the next: a short text is in the language of those around it. */
const KEPT = 1 / 2;
/** One common word is no proof: `die` is German and English. */
const MIN_EVIDENCE = 2;

/**
 * Tells the languages of texts that follow one another, by their most common words. A text that has few of them is taken
 * to be in the language of those before it.
 *
 * @returns a reader of one text's words; it returns undefined while no language is sure.
 */
export function languageReader(common: CommonWords): (words: readonly string[]) => Language | undefined {
  const evidence = new Map<Language, number>();
  let sure: Language | undefined;
  return (words) => {
    for (const [language, count] of evidence) evidence.set(language, count * KEPT);
    for (const word of words) {
      for (const language of common.get(word) ?? []) {
        evidence.set(language, (evidence.get(language) ?? 0) + 1);
      }
    }
    let likeliest: Language | undefined;
    let most = 0;
    for (const [language, count] of evidence) {
      if (count > most) [likeliest, most] = [language, count];
    }
    if (most >= MIN_EVIDENCE) sure = likeliest;
    return sure;
  };
}
