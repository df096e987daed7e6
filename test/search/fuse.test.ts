import { expect, it } from 'vitest';
import { fuse } from '../../lib/search/fuse.ts';

const names = (...rankings: string[][]) => fuse(rankings, (name) => name).map(({ item }) => item);

it('puts what both rankings have before what one has', () => {
  expect(names(['a', 'b', 'c'], ['c', 'd', 'b'])).toEqual(['c', 'b', 'a', 'd']);
});

it('keeps the order of one ranking, and gives nothing of none', () => {
  expect(names(['a', 'b', 'c'], [])).toEqual(['a', 'b', 'c']);
  expect(names([], [])).toEqual([]);
});

it('gives the first ranking’s item, and scores by place alone', () => {
  const fused = fuse([[{ name: 'a', of: 1 }], [{ name: 'a', of: 2 }]], ({ name }) => name);
  expect(fused).toEqual([{ item: { name: 'a', of: 1 }, score: 2 / 11 }]);
});
