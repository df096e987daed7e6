import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '../../lib/search/languages.ts';
import { wordsOf } from '../../lib/words/index.ts';

describe('the stemmer of each language', () => {
  it.each(languages)('takes any word that there is, and forgets it ($tag)', ({ stem, commonWords }) => {
    const own = fc.constantFrom(...commonWords);
    const written = fc.oneof(
      own,
      fc.array(own, { maxLength: 12 }).map((words) => words.join('')),
      fc.string({ unit: 'grapheme', maxLength: 64 }),
    );
    fc.assert(
      fc.property(written, (text) => {
        for (const word of wordsOf(text)) {
          const once = stem(word);
          stem('another');
          expect(stem(word)).toBe(once);
          expect(once.length).toBeLessThanOrEqual(2 * word.length);
        }
      }),
    );
  });
});
