import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../lib/words/index.ts';

describe('the words of a text', () => {
  const texts: [string, string, string[]][] = [
    ['Japanese', '寿司が好きです。', ['寿司', 'が', '好き', 'です']],
    ['Chinese', '我喜欢拉面，不喜欢寿司', ['我', '喜欢', '拉面', '不', '喜欢', '寿司']],
    ['Thai', 'ฉันชอบกินข้าว', ['ฉัน', 'ชอบ', 'กิน', 'ข้าว']],
    [
      'Thai, whose vowels have two forms',
      'น้ำ '.repeat(2).normalize('NFKC'),
      ['น้ำ', 'น้ำ'].map((word) => word.normalize('NFKC')),
    ],
    ['Khmer', 'ខ្ញុំចូលចិត្ត', ['ខ្ញុំ', 'ចូលចិត្ត']],
    ['Korean', '서울에 살아요.', ['서울에', '살아요']],
    ['Arabic', 'مرحبا بالعالم!', ['مرحبا', 'بالعالم']],
    ['Hindi', 'मुझे हिन्दी पसंद है।', ['मुझे', 'हिन्दी', 'पसंद', 'है']],
    ['German, ß as capitals write it', 'Straße STRASSE Übung', ['strasse', 'strasse', 'übung']],
    ['Turkish, i as any capital writes it', 'İstanbul ISTANBUL ısı', ['istanbul', 'istanbul', 'isi']],
    ['Greek, both sigmas as one', 'ΔΡΟΜΟΣ δρομος', ['δρομοσ', 'δρομοσ']],
    ['emoji, which are none', '👨‍👩‍👧 sushi 🍣 ❤️', ['sushi']],
    ['numbers', '10,000.50 v1.2.3 ２０２４年', ['10,000.50', 'v1.2.3', 'v1', '2024', '年']],
    ['names with signs', 'C++, C# and Disney+', ['c++', 'c#', 'and', 'disney+', 'disney']],
    ['signs between words', 'a+b page#part 1+ +1', ['a', 'b', 'page', 'part', '1', '1']],
    ['addresses', 'ann.lee@web.de', ['ann.lee', 'ann', 'lee', 'web.de', 'web', 'de']],
    ['snake_case', 'home_city __', ['home_city', 'home', 'city']],
    ['camelCase', 'homeCity XMLParser', ['homecity', 'home', 'city', 'xmlparser', 'xml', 'parser']],
    ['a key', 'home-city', ['home', 'city']],
    ['words that an apostrophe joins', "Ann's l’été I'm", ['ann', 'été', "i'm"]],
    [
      'other forms of Unicode',
      'e\u0301te\u0301 ｓｕｓｈｉ ﬁsh Donau\u00ADufer',
      ['été', 'sushi', 'fish', 'donauufer'],
    ],
    ['halves of characters', '\ud83dsushi \udc00', ['sushi']],
    ['nothing', ' – …\n', []],
  ];
  test.each(texts)('are found in %s', (_name, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('are the same words when they are looked for again', () => {
    const characters = [..."aßİıΣσ字かがกำ한é👍2_.’'+# -", 'e\u0301', '\u00ad', '\ud83d', 'ﷺ', 'Ｃ', 'ｶﾞ'];
    const text = fc.array(fc.constantFrom(...characters), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (one) => {
        for (const word of wordsOf(one)) {
          expect(word.isWellFormed()).toBe(true);
          expect(word.normalize('NFKC')).toBe(word);
          expect(word).toMatch(/[\p{L}\p{N}]/u);
          expect(wordsOf(word)).toContain(word);
        }
      }),
    );
  });
});

describe('the words of a long text', () => {
  const sentences = [
    'Ann wohnt in der Königstraße, gleich am C++-Museum. ',
    '昨日は友達と横浜で寿司を食べて、それから電車で東京に帰りました。',
    'ฉันชอบกินข้าวผัดกุ้งและต้มยำกุ้งที่ร้านใกล้บ้านของฉัน ',
    'See node.js, user_id and ann.lee@example.com. ',
  ];
  test.each(sentences)('are those of its sentences: %s', (sentence) => {
    const often = 300;
    const expected = Array.from({ length: often }, () => wordsOf(sentence)).flat();
    expect(wordsOf(sentence.repeat(often))).toEqual(expected);
  });

  test('are those of its beginning and its end, without words that were cut', () => {
    const text = `first words ${'middle '.repeat(1_000)}last words`;
    const words = wordsOf(text, 100);
    expect(words.slice(0, 3)).toEqual(['first', 'words', 'middle']);
    expect(words.slice(-3)).toEqual(['middle', 'last', 'words']);
    expect(new Set(words)).toEqual(new Set(['first', 'words', 'middle', 'last']));
    expect(words.join(' ').length).toBeLessThanOrEqual(100);
  });

  test('are short, however long a run of letters is', () => {
    for (const run of ['a', 'é', '𠮷', 'ﷺ', 'aB', 'a_', 'a\u0301']) {
      const words = wordsOf(run.repeat(5_000));
      expect(words.every((word) => word.length <= 64 && word.isWellFormed())).toBe(true);
    }
  });
});
