import { describe, expect, it } from 'vitest';
import { shortText, visibleText } from '../../terminal/index.ts';

describe('text that is shown with nothing left out', () => {
  it('names what a terminal would obey, and what nobody would see', () => {
    expect(visibleText('a\u001b[31mred\n\t\u0000\u009b1m\u202e\u2028\ud83d\u007f')).toBe(
      'a\\u{1b}[31mred\\u{a}\\u{9}\\u{0}\\u{9b}1m\\u{202e}\\u{2028}\\u{d83d}\\u{7f}',
    );
  });

  it('leaves the rest as it is', () => {
    const text = '{"a":"æøå 日本 👩‍👩‍👧‍👦 \\u001b"}';
    expect(visibleText(text)).toBe(text);
  });
});

describe('text that is cut', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['a little too long', 10, 'a little …'],
    ['日本語日本語', 7, '日本語…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5, '👩‍👩‍👧‍👦👩‍👩‍👧‍👦…'],
    ['', 5, ''],
  ])('%s in %i columns', (text, columns, cut) => {
    expect(shortText(text, columns)).toBe(cut);
  });

  it('is not read whole', () => {
    expect(shortText('x'.repeat(10_000_000), 10)).toBe('xxxxxxxxx…');
  });
});
