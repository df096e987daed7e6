/**
 * Puts tables into a page, each between the marks `<!-- table NAME -->` and `<!-- end of table -->`; what is there
 * already is replaced.
 *
 * @throws RangeError for a mark whose table is unknown, or that has no end.
 */
export function fillTables(page: string, tables: Readonly<Record<string, string>>): string {
  const marks = page.match(/<!-- table \w+ -->/g) ?? [];
  let filled = 0;
  const text = page.replace(
    /(<!-- table (\w+) -->\n)[\s\S]*?(\n<!-- end of table -->)/g,
    (_, start: string, name: string, end: string) => {
      const table = tables[name];
      if (table === undefined) {
        throw new RangeError(`There is no table '${name}'; there are: ${Object.keys(tables).join(', ')}`);
      }
      filled += 1;
      return start + table + end;
    },
  );
  if (filled !== marks.length) {
    throw new RangeError(`A table has no '<!-- end of table -->' of its own: ${marks.join(', ')}`);
  }
  return text;
}
