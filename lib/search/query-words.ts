import { wordsOf } from '../words/index.ts';
import type { CommonWords } from './common-words.ts';
import type { Language } from './languages.ts';

/** A query is a question, not a document: what comes after so many different words is not looked for. */
const MAX_WORDS = 64;
/** In UTF-16 code units. */
const MAX_QUERY_LENGTH = 4_000;
/** So many words of a language are remembered with what they match. */
const MAX_REMEMBERED = 10_000;

/** How often the words of a query are in a text, by the word's index in the query. */
export type Counts = ReadonlyMap<number, number>;

/** What a query looks for. */
export interface QueryWords {
  /** All its words, each once; those that are common in their language are among them. */
  readonly all: readonly string[];
  /** Which words of the query a text has, in the forms of a language; without one, just as they are. */
  countIn(words: readonly string[], language: Language | undefined): Counts;
}

/**
 * Reads a query: its first 64 different words, of its first 4 000 UTF-16 units. Words are the same if the text's language
 * has one stem for them. The language's common words are not looked for, unless the query has no others.
 */
export function queryWords(query: string, common: CommonWords): QueryWords {
  const all = [...new Set(wordsOf(query, MAX_QUERY_LENGTH))].slice(0, MAX_WORDS);
  const matchers = new Map<Language | undefined, (word: string) => number | undefined>();
  return {
    all,
    countIn(words, language) {
      const indexOf = matchers.get(language) ?? matcher(all, language, common);
      matchers.set(language, indexOf);
      const counts = new Map<number, number>();
      for (const word of words) {
        const index = indexOf(word);
        if (index !== undefined) counts.set(index, (counts.get(index) ?? 0) + 1);
      }
      return counts;
    },
  };
}

function matcher(all: readonly string[], language: Language | undefined, common: CommonWords) {
  const stem = language?.stem ?? String;
  const isCommon = (word: string) => language !== undefined && common.get(word)?.has(language) === true;
  const telling = all.filter((word) => !isCommon(word));
  const wanted = telling.length > 0 ? telling : all;
  const indexes = new Map(wanted.map((word) => [stem(word), all.indexOf(word)]));
  const remembered = new Map<string, number | undefined>();
  return (word: string) => {
    if (remembered.has(word)) return remembered.get(word);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const index = indexes.get(stem(word));
    remembered.set(word, index);
    return index;
  };
}
