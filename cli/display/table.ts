import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from '../../terminal/index.ts';
import type { View } from './view.ts';

const GAP = '  ';

/** Lines of columns that are as wide as their widest cell; the first row is the heading. Cells may have colours. */
export function table(
  { colors }: View,
  [heading, ...rows]: readonly [readonly string[], ...(readonly string[])[]],
): string[] {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column] ?? 0)))
      .join(GAP)
      .trimEnd();
  return [colors.dim(line(heading)), ...rows.map(line)];
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}

function widthOf(cell: string): number {
  return displayWidth(stripVTControlCharacters(cell));
}
