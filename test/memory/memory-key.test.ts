import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryKey, memoryKeySchema } from '../../lib/memory/index.ts';

describe('the key of a memory', () => {
  it.each([
    ['home city', 'home-city'],
    ['Home_City', 'home-city'],
    ['寿司', '寿司'],
    ['拉面', '拉面'],
    ['любимая музыка', 'любимая-музыка'],
    ['हिन्दी', 'हिन्दी'],
    ['Ana', 'ana'],
    ['Aña', 'aña'],
    ['An\u0303a', 'aña'],
    ['C++', 'c++'],
    ['C#', 'c-sharp'],
    ['c', 'c'],
    ['rock + roll', 'rock-roll'],
    ['a+b', 'a-b'],
    ['O’Brien', 'obrien'],
    ['ＡＢＣ', 'abc'],
    ['İstanbul', 'i\u0307stanbul'],
    ['  --  tea  --', 'tea'],
  ])('of %s is %s', (words, key) => {
    expect(memoryKey(words)).toBe(key);
    expect(memoryKeySchema.safeParse(key).success).toBe(true);
  });

  it.each(['', '   ', '#', '+++', '❤️', '\u0301'])('is not made of %j', (words) => {
    expect(memoryKey(words)).toBeUndefined();
    expect(memoryKeySchema.safeParse(words).success).toBe(false);
  });

  it('is cut between words where it is too long, and anywhere in a word that is longer than all of it', () => {
    expect(memoryKey(`${'tea '.repeat(40)}`)).toBe(Array(25).fill('tea').join('-'));
    expect(memoryKey('茶'.repeat(300))).toBe('茶'.repeat(100));
  });

  it('is made of any text, is the key of itself, and has room in a sort key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        const key = memoryKey(words);
        if (key === undefined) return;
        expect(memoryKey(key)).toBe(key);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(400);
        expect(key).not.toMatch(/[#\s/]/);
      }),
      { numRuns: 5000 },
    );
  });
});
