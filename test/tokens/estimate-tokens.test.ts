import { describe, expect, test } from 'vitest';
import { estimateTokens } from '../../lib/tokens/index.ts';

const base64 = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 7919) % 256)).toString(
  'base64',
);
const hex = Array.from({ length: 400 }, (_, index) => ((index * 7919) % 16).toString(16)).join('');

/** With how many tokens o200k_base, a real vocabulary, writes each: counted once, with a full tokenizer. */
const counted: [string, string, number][] = [
  [
    'German',
    'Die Überprüfung der Zahlungsbedingungen dauerte länger als erwartet, weil die Geschäftsführung zunächst widersprüchliche Angaben gemacht hatte. Wir haben uns dann darauf geeinigt, dass die Lieferung bis Freitag erfolgt.',
    41,
  ],
  [
    'Chinese',
    '我们昨天讨论了搬家的计划，决定在六月之前找到一套靠近学校的公寓。预算是每月两千欧元，还需要一个停车位。',
    36,
  ],
  [
    'Russian',
    'Вчера мы обсудили план переезда и решили найти квартиру рядом со школой до июня. Бюджет две тысячи евро в месяц.',
    30,
  ],
  [
    'Arabic',
    'ناقشنا أمس خطة الانتقال وقررنا العثور على شقة قريبة من المدرسة قبل يونيو. الميزانية ألفا يورو شهريا.',
    29,
  ],
  ['Hindi', 'हमने कल स्थानांतरण की योजना पर चर्चा की और जून से पहले स्कूल के पास एक अपार्टमेंट खोजने का निर्णय लिया।', 28],
  ['Thai', 'เมื่อวานเราคุยกันเรื่องแผนการย้ายบ้านและตัดสินใจหาอพาร์ตเมนต์ใกล้โรงเรียนก่อนเดือนมิถุนายน', 38],
  ['base64', base64, 545],
  ['hexadecimal', hex, 175],
  ['one endless word', 'supercalifragilistic'.repeat(60), 360],
];

describe('an estimate', () => {
  test.each(counted)(
    'of %s is hardly below what a tokenizer counts, and below thrice',
    (_name, text, tokens) => {
      expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens * 0.95);
      expect(estimateTokens(text)).toBeLessThan(tokens * 3);
    },
  );

  test('of nothing is nothing', () => {
    expect(estimateTokens('')).toBe(0);
  });

  test('grows with the text', () => {
    const one = estimateTokens('We talked about the garden, and about roses. ');
    const hundred = estimateTokens('We talked about the garden, and about roses. '.repeat(100));
    expect(hundred / one).toBeGreaterThan(90);
    expect(hundred / one).toBeLessThan(101);
  });
});
