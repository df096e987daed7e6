import { expect, test } from 'vitest';
import { scoresByWords, wordsOf } from '../../lib/words/index.ts';

/** The texts that share a word with what is said, the nearest first. */
function nearest(said: string, texts: readonly string[]): string[] {
  const scores = scoresByWords(
    new Set(wordsOf(said)),
    texts.map((text) => wordsOf(text)),
  );
  return texts
    .map((text, index) => ({ text, score: scores[index] ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);
}

test('a rare word counts more than several that all texts have', () => {
  const texts = ['The user has a cat.', 'The user has a boat.', 'The user has a kayak called Rosa.'];
  expect(nearest('The thing the user has is a kayak', texts)[0]).toBe('The user has a kayak called Rosa.');
});

test('of two texts with the same word the shorter is nearer', () => {
  const long = 'Ann went to Bergen, Oslo, Narvik and many other towns in a week.';
  expect(nearest('Bergen', [long, 'Ann likes Bergen.', 'Bob.'])).toEqual(['Ann likes Bergen.', long]);
});

test('what shares no word has no score, and no texts have none', () => {
  expect(scoresByWords(new Set(['tea']), [['coffee'], []])).toEqual([0, 0]);
  expect(scoresByWords(new Set(), [[], []])).toEqual([0, 0]);
  expect(scoresByWords(new Set(['tea']), [])).toEqual([]);
});
