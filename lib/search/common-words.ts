import { wordsOf } from '../words/index.ts';
import { type Language, languages } from './languages.ts';

/** Of each word that is common in a language, the languages. */
export type CommonWords = ReadonlyMap<string, ReadonlySet<Language>>;

let known: CommonWords | undefined;

/**
 * The common words of all languages, as `wordsOf` has them: 6 600 words. They never change, and reading them takes 30 ms: the
 * first search does that, and no start of a function.
 */
export function commonWords(): CommonWords {
  known ??= readCommonWords();
  return known;
}

function readCommonWords(): CommonWords {
  const found = new Map<string, Set<Language>>();
  for (const language of languages) {
    for (const word of wordsOf(language.commonWords.join('\n'))) {
      const having = found.get(word) ?? new Set();
      found.set(word, having.add(language));
    }
  }
  return found;
}
