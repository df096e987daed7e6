import { displayText, shortened } from '../text/index.ts';
import { wordsOf } from '../words/index.ts';
import type { Counts } from './query-words.ts';

/** In UTF-16 code units. */
const MAX_LENGTH = 300;
const PIECES = 4;
/** Room for the marks of what is left out. */
const PIECE_LENGTH = Math.floor((MAX_LENGTH - 4) / PIECES);
/** What is farther from the beginning is not looked at. */
const MAX_READ = 100_000;
/** A word again is worth little beside another word. */
const REPETITION = 1 / 10;
/** In UTF-16 code units; `shortened` may look so far behind the end. */
const BEHIND = 65;

/**
 * The part of a text that is nearest to a query, on one line, without control characters and without half a character; at
 * most 300 UTF-16 code units. `…` stands for what is left out. Only the first 100 000 units are looked at.
 *
 * @param countIn which words of the query a text has.
 */
export function snippetOf(text: string, countIn: (words: readonly string[]) => Counts): string {
  const line = displayText(shortened(text, MAX_READ));
  if (line.length <= MAX_LENGTH && text.length <= MAX_READ) return line;
  const pieces = piecesOf(line);
  const counts = pieces.map((piece) => countIn(wordsOf(piece)));
  let best = { index: 0, worth: 0 };
  for (let index = 0; index + PIECES <= Math.max(pieces.length, PIECES); index += 1) {
    const worth = worthOf(counts.slice(index, index + PIECES));
    if (worth > best.worth) best = { index, worth };
  }
  const chosen = pieces
    .slice(best.index, best.index + PIECES)
    .join('')
    .trim();
  const isCut = best.index + PIECES < pieces.length || text.length > MAX_READ;
  return `${best.index > 0 ? '… ' : ''}${chosen}${isCut ? ' …' : ''}`;
}

function worthOf(counts: readonly Counts[]): number {
  const different = new Set(counts.flatMap((one) => [...one.keys()])).size;
  const all = counts.reduce((sum, one) => sum + [...one.values()].reduce((a, b) => a + b, 0), 0);
  // A piece too early shows what comes before the words, not what follows them.
  return different + REPETITION * Math.min(all, 9) + (counts[1] && counts[1].size > 0 ? REPETITION / 2 : 0);
}

/** The line in pieces, cut at spaces where there are some, and else between characters. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < line.length; ) {
    const rest = line.slice(start, start + PIECE_LENGTH + BEHIND);
    const space = rest.length > PIECE_LENGTH ? rest.lastIndexOf(' ', PIECE_LENGTH) : -1;
    const piece = space > 0 ? rest.slice(0, space) : shortened(rest, PIECE_LENGTH);
    pieces.push(piece);
    start += piece.length;
  }
  return pieces;
}
