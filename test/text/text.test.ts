import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, graphemeStart, graphemes, shortened } from '../../lib/text/index.ts';

/** One character each, as people see them. */
const characters = [
  'a',
  '字',
  '👩‍👩‍👧‍👦',
  '👍🏽',
  '🇳🇴',
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  '1️⃣',
  'é',
  'ấ',
  'ที่',
  'กำ',
  '각',
  'क्षि',
  '🧑🏿‍🚀',
];
const text = fc
  .array(fc.constantFrom(...characters), { maxLength: 40 })
  .map((parts) => parts.map((part, index) => `${index % 3 === 0 ? ' ' : '-'}${part}`).join(''));

describe('a text that is cut', () => {
  test.each(characters)('keeps or loses %s whole', (character) => {
    const whole = `${character}.${character}`;
    const places = new Set([0, character.length, character.length + 1, whole.length]);
    for (let length = 0; length <= whole.length; length += 1) {
      expect(places).toContain(shortened(whole, length).length);
      expect(places).toContain(graphemeStart(whole, length));
    }
  });

  test('is as long as it may be, and no longer', () => {
    fc.assert(
      fc.property(text, fc.nat(100), (whole, maxLength) => {
        const cut = shortened(whole, maxLength);
        const [next = ''] = graphemes(whole.slice(cut.length));
        expect(whole.startsWith(cut)).toBe(true);
        expect(graphemes(whole).slice(0, graphemes(cut).length)).toEqual(graphemes(cut));
        expect(cut.length).toBeLessThanOrEqual(maxLength);
        expect(cut === whole || cut.length + next.length > maxLength).toBe(true);
      }),
    );
  });

  test('is cut between flags, however many stand in a row', () => {
    const flags = '🇳🇴'.repeat(1_000);
    expect(shortened(flags, 1_002)).toBe('🇳🇴'.repeat(250));
    expect(graphemeStart(flags, 2_001)).toBe(2_000);
  });

  test('is cut between code points where a character has no end', () => {
    const buried = `a${'\u0301'.repeat(1_000)}`;
    expect(shortened(buried, 100)).toHaveLength(100);
    const joined = '👩\u200d'.repeat(1_000);
    for (const length of [100, 101, 102]) {
      expect(shortened(joined, length).isWellFormed()).toBe(true);
      expect(shortened(joined, length).length).toBeGreaterThanOrEqual(length - 1);
    }
  });
});

describe('clean text', () => {
  test.each([
    ['half an emoji', 'a\ud83d b\udc4d', 'a b'],
    ['halves in the wrong order', '\udc4d\ud83d', ''],
    ['half an emoji beside a whole one', '\ud83d👍\udc4d', '👍'],
    ['null', 'a\u0000b', 'ab'],
    ['colours of a terminal', '\u001b[31mred\u001b[0m', '[31mred[0m'],
    ['C1 controls and delete', 'a\u009b\u007fb', 'ab'],
    ['line ends of Windows and of old Macs', 'a\r\nb\rc', 'a\nb\nc'],
  ])('is without %s', (_name, given, clean) => {
    expect(cleanText(given)).toBe(clean);
  });

  test('is otherwise as it was given', () => {
    const given = `${characters.join('')}\n\tcafe\u0301 café \u200bﬁ ™ ® \u2028 \u{10ffff}`;
    expect(cleanText(given)).toBe(given);
  });

  test('is well-formed, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (given) => {
        const clean = cleanText(given);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/(?![\n\t])\p{Cc}/u);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});
