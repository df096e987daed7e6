import { describe, expect, it } from 'vitest';
import { age } from '../../operator/words/index.ts';

describe('a time span', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [7_200_000, '2 h'],
    [86_400_000, '1 day'],
    [200_000_000, '2 days'],
  ])('%i ms is %s', (ms, text) => expect(age(ms)).toBe(text));
});
