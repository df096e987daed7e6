import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchiveRange, cover, newestNotCovered } from '../../lib/archive/index.ts';

const archive = fc.integer({ min: 1, max: 40 });
const inSome = (ranges: readonly ArchiveRange[], one: number) =>
  ranges.some(([first, last]) => one >= first && one <= last);

describe('coverage', () => {
  it('joins neighbours into one range', () => {
    expect(cover([], [3, 1, 2])).toEqual([[1, 3]]);
    expect(cover([[1, 2]], [4])).toEqual([
      [1, 2],
      [4, 4],
    ]);
    expect(
      cover(
        [
          [1, 2],
          [4, 9],
        ],
        [3],
      ),
    ).toEqual([[1, 9]]);
  });

  it('covers what it is given, and nothing else, and names the rest, newest first', () => {
    fc.assert(
      fc.property(fc.array(archive), fc.array(archive), (before, added) => {
        const covers = cover(cover([], before), added);
        const all = Array.from({ length: 40 }, (_, index) => index + 1);
        const wanted = all.filter((one) => before.includes(one) || added.includes(one));
        expect(all.filter((one) => inSome(covers, one))).toEqual(wanted);
        const rest = all.filter((one) => !wanted.includes(one)).reverse();
        expect(newestNotCovered(covers, 40, 100)).toEqual(rest);
        expect(newestNotCovered(covers, 40, 3)).toEqual(rest.slice(0, 3));
      }),
    );
  });
});
