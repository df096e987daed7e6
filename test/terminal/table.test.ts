import { describe, expect, it } from 'vitest';
import { table } from '../../terminal/index.ts';

const rows = [
  ['NAME', 'N', 'WHAT'],
  ['a', '10', 'x'],
  ['東京', '7', 'y'],
];

describe('a table', () => {
  it('has columns as wide as their widest cell, whatever its script', () => {
    expect(table(rows)).toEqual(['NAME  N   WHAT', 'a     10  x', '東京  7   y']);
  });

  it('may have its numbers aligned right', () => {
    expect(table(rows, { align: 'right' })).toEqual(['NAME   N  WHAT', 'a     10     x', '東京   7     y']);
  });

  it('is as wide without colours as with them', () => {
    const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
    expect(
      table(
        [
          ['A', 'B'],
          [red('long'), 'b'],
        ],
        { paintHeading: red },
      ),
    ).toEqual([red('A     B'), `${red('long')}  b`]);
  });

  it('of nothing has no lines', () => expect(table([])).toEqual([]));
});
