import { displayWidth, graphemesOf } from './display-width.ts';

/**
 * Breaks a text of one line into lines of at most `columns` columns: between words, and inside a word that is longer
 * than a line.
 *
 * @param columns 2 or more.
 */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const piece of text.split(' ').flatMap((word) => breakWord(word, columns))) {
    const pieceWidth = displayWidth(piece);
    if (line !== '' && width + 1 + pieceWidth <= columns) {
      line += ` ${piece}`;
      width += 1 + pieceWidth;
      continue;
    }
    if (line !== '') lines.push(line);
    line = piece;
    width = pieceWidth;
  }
  return [...lines, line];
}

function breakWord(word: string, columns: number): string[] {
  if (displayWidth(word) <= columns) return [word];
  const pieces: string[] = [];
  let piece = '';
  let width = 0;
  for (const grapheme of graphemesOf(word)) {
    const graphemeWidth = displayWidth(grapheme);
    if (width + graphemeWidth > columns) {
      pieces.push(piece);
      piece = '';
      width = 0;
    }
    piece += grapheme;
    width += graphemeWidth;
  }
  return [...pieces, piece];
}
