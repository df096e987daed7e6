import { describe, expect, it } from 'vitest';
import { displayText, displayWidth, wrapText } from '../../terminal/index.ts';

describe('text on a terminal', () => {
  it('is on one line, without what could control the terminal', () => {
    expect(displayText('a\u001b[31mred\u001b[0m\n\n\tb\u0007\u202ec\u009b1m')).toBe('ared bc');
  });

  it('is broken between words', () => {
    expect(wrapText('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  });

  it('is broken inside of words that are longer than a line', () => {
    expect(wrapText('see https://example.com now', 10)).toEqual(['see', 'https://ex', 'ample.com', 'now']);
  });

  it('is as wide as it looks: East Asian characters and emoji take two columns', () => {
    expect(displayWidth('héllo')).toBe(5);
    expect(displayWidth('こんにちは')).toBe(10);
    expect(displayWidth('👩‍👩‍👧')).toBe(2);
    expect(wrapText('こんにちは', 4)).toEqual(['こん', 'にち', 'は']);
  });

  it('of nothing is one empty line', () => {
    expect(wrapText('', 10)).toEqual(['']);
  });
});
