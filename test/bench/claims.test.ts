import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkClaims } from '../../bench/check-claims.ts';
import type { Claim } from '../../bench/claim.ts';
import { claims } from '../../bench/claims.ts';
import type { SectionReport } from '../../bench/report.ts';
import { sections } from '../../bench/sections.ts';

const ROOT = new URL('../../', import.meta.url);

const oneLine = (text: string) => text.replace(/\s+/g, ' ');

const claim: Claim = {
  sentence: 'Two and two are four',
  statedIn: { page: 'README.md', words: 'four' },
  section: 'sums',
  figure: 'sum',
  expected: { equals: 4 },
};

const sums = (value: number): SectionReport => ({
  name: 'sums',
  title: 'Sums',
  meaning: 'what is added',
  rows: [],
  figures: [{ id: 'sum', label: 'two and two', value, unit: 'W' }],
});

describe('the claims', () => {
  it.each([...new Set(claims.map(({ statedIn }) => statedIn.page))])(
    'are stated in %s in these words',
    async (page) => {
      const text = oneLine(await readFile(new URL(page, ROOT), 'utf8'));
      const missing = claims
        .filter(({ statedIn }) => statedIn.page === page && !text.includes(statedIn.words))
        .map(({ statedIn }) => statedIn.words);
      expect(missing).toEqual([]);
    },
  );

  it('name sections that there are', () => {
    const names = sections.map(({ name }) => name);
    expect(claims.filter(({ section }) => !names.includes(section))).toEqual([]);
  });
});

describe('checking claims', () => {
  it('finds out which hold', () => {
    expect(checkClaims([claim], [sums(4)], false)).toMatchObject([{ measured: 4, holds: true }]);
    expect(checkClaims([claim], [sums(5)], false)).toMatchObject([{ measured: 5, holds: false }]);
  });

  it.each([
    [{ atMost: 3 }, 3, true],
    [{ atMost: 3 }, 3.1, false],
    [{ atLeast: 2, atMost: 3 }, 2, true],
    [{ atLeast: 2, atMost: 3 }, 1.9, false],
  ])('takes %j for a bound: %d', (expected, value, holds) => {
    expect(checkClaims([{ ...claim, expected }], [sums(value)], false)).toMatchObject([{ holds }]);
  });

  it('leaves out what was not measured', () => {
    expect(checkClaims([claim], [], false)).toEqual([]);
    expect(checkClaims([{ ...claim, figure: 'product' }], [sums(4)], true)).toEqual([]);
  });

  it('refuses a claim about a figure that its section does not have', () => {
    expect(() => checkClaims([{ ...claim, figure: 'product' }], [sums(4)], false)).toThrow("'product'");
  });
});
