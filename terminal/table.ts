import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from './display-width.ts';

const GAP = '  ';

export interface TableOptions {
  /** Paints the line of the first row. As it is unless given. */
  readonly paintHeading?: (line: string) => string;
  /** Where cells stand in every column but the first, which is aligned left. Left unless given. */
  readonly align?: 'left' | 'right';
}

/** Lines of columns that are as wide as their widest cell. Cells may have colours. */
export function table(
  rows: readonly (readonly string[])[],
  { paintHeading = String, align = 'left' }: TableOptions = {},
): string[] {
  const widths: number[] = [];
  for (const [column, cell] of rows.flatMap((row) => [...row.entries()])) {
    widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  const padded = (cell: string, column: number) => {
    const padding = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
    return align === 'right' && column > 0 ? padding + cell : cell + padding;
  };
  const lines = rows.map((row) => row.map(padded).join(GAP).trimEnd());
  return lines.map((line, index) => (index === 0 ? paintHeading(line) : line));
}

function widthOf(cell: string): number {
  return displayWidth(stripVTControlCharacters(cell));
}
