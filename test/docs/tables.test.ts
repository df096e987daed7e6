import { describe, expect, it } from 'vitest';
import { fillTables } from '../../docs/tables/fill-tables.ts';
import { pages, pagesWithTables, readPage } from '../../docs/tables/pages.ts';

describe('the docs that the code makes', () => {
  it.each(pages)('are in %s as the code makes them; `npm run docs` writes them', async (page) => {
    const { is, shouldBe } = await readPage(page);
    expect(is).toBe(shouldBe);
  });

  it.each(pagesWithTables)('have their marks in %s', async (page) => {
    const { is } = await readPage(page);
    expect(is).toContain('<!-- table settings -->');
    expect(is).toContain('<!-- table limits -->');
  });
});

describe('filling tables', () => {
  const page = 'before\n<!-- table a -->\nold\nrows\n<!-- end of table -->\nafter\n';

  it('replaces what is between the marks, and nothing else', () => {
    expect(fillTables(page, { a: 'new $& row' })).toBe(
      'before\n<!-- table a -->\nnew $& row\n<!-- end of table -->\nafter\n',
    );
  });

  it('refuses a table that it does not know', () => {
    expect(() => fillTables(page, { b: '' })).toThrow("There is no table 'a'; there are: b");
  });

  it('refuses a mark without an end', () => {
    expect(() => fillTables(`${page}<!-- table a -->\n`, { a: '' })).toThrow('has no');
  });
});
