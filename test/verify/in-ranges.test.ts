import { expect, it } from 'vitest';
import { inRanges } from '../../lib/verify/in-ranges.ts';

it.each([
  [[3], 'position 3'],
  [[5, 3, 4], 'positions 3 to 5'],
  [[1, 3, 4, 9], 'positions 1, 3 to 4, 9'],
  [[1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21], 'positions 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, …'],
])('positions %j are %s', (positions, words) => {
  expect(inRanges(positions)).toBe(words);
});
