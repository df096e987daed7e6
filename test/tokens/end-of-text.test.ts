import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfText, estimateTokens } from '../../lib/tokens/index.ts';

const graphemes = (text: string) =>
  Array.from(
    new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text),
    ({ segment }) => segment,
  );

describe('the end of a text', () => {
  it('is the whole of one that fits', () => {
    expect(endOfText('Ann has a dog.', 100)).toBe('Ann has a dog.');
    expect(endOfText('', 0)).toBe('');
  });

  it('begins with a sentence, behind a mark', () => {
    const text = 'Ann has a dog named Rex. Bob has a cat named Tom. They live together in Bergen.';
    expect(endOfText(text, 18)).toBe('… Bob has a cat named Tom. They live together in Bergen.');
  });

  it('begins with a character where no sentence is short enough', () => {
    const family = '👨‍👩‍👧';
    const end = endOfText(family.repeat(200), 100);
    expect(end.startsWith(`… ${family}`)).toBe(true);
    expect(graphemes(end.slice(2)).every((one) => one === family)).toBe(true);
  });

  it('does not give up the room to a sentence that is too long for it', () => {
    const end = endOfText(`It began. ${'word '.repeat(1_000)}It ended.`, 200);
    expect(estimateTokens(end)).toBeGreaterThan(150);
    expect(end.endsWith('It ended.')).toBe(true);
  });

  it('is nothing where there is no room', () => {
    expect(endOfText('Ann has a dog.', 0)).toBe('');
    expect(endOfText('Ann has a dog.', -1)).toBe('');
    expect(endOfText(`e${'\u0301'.repeat(5_000)}`, 10)).toBe('');
  });

  it('fits, ends as the text does, and is cut between characters, whatever the text', () => {
    const text = fc
      .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.lorem({ mode: 'sentences' }), fc.constant('\n')))
      .map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 300 }), (whole, maxTokens) => {
        const end = endOfText(whole, maxTokens);
        expect(estimateTokens(end)).toBeLessThanOrEqual(maxTokens);
        if (end === '' || end === whole) return;
        const kept = graphemes(end.slice(2));
        expect(graphemes(whole.trim()).slice(-kept.length)).toEqual(kept);
      }),
    );
  });
});
