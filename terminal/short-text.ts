import { displayWidth, graphemesOf } from './display-width.ts';

/** No grapheme of a column that people read is longer, in UTF-16 units. */
const UNITS_PER_COLUMN = 16;

/** A text of one line in at most `columns` columns; one that is cut ends with `…`. @param columns 1 or more. */
export function shortText(text: string, columns: number): string {
  const start = text.slice(0, columns * UNITS_PER_COLUMN);
  if (start.length === text.length && displayWidth(start) <= columns) return text;
  let [cut, width] = ['', 0];
  for (const grapheme of graphemesOf(start)) {
    width += displayWidth(grapheme);
    if (width > columns - 1) break;
    cut += grapheme;
  }
  return `${cut}…`;
}
