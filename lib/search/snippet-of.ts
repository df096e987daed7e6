import { displayText, shortened } from '../text/index.ts';
import { wordsOf } from '../words/index.ts';
import type { Counts } from './query-words.ts';

/** In UTF-16 code units. */
const MAX_LENGTH = 300;
const PIECES = 4;
/** Room for the marks of what is left out. */
const PIECE_LENGTH = Math.floor((MAX_LENGTH - 4) / PIECES);
/** What is farther from the beginning is not looked at: no message has more. */
const MAX_READ = 300_000;
/** Parts of a long text are compared first: to find words costs several times as much in short pieces. */
const PIECES_PER_PART = 30;
/** A word again is worth little beside another word. */
const REPETITION = 1 / 10;
/** In UTF-16 code units; `shortened` may look so far behind the end. */
const BEHIND = 65;

type CountIn = (words: readonly string[]) => Counts;

/**
 * The part of a text that is nearest to a query, on one line, without control characters and without half a character; at
 * most 300 UTF-16 code units. `…` stands for what is left out. Only the first 300 000 units are looked at; the time is
 * linear in them.
 *
 * @param countIn which words of the query a text has.
 */
export function snippetOf(text: string, countIn: CountIn): string {
  const line = displayText(shortened(text, MAX_READ));
  if (line.length <= MAX_LENGTH && text.length <= MAX_READ) return line;
  const pieces = piecesOf(line);
  const nearest = bestOf(inParts(pieces), 1, countIn) * PIECES_PER_PART;
  // With the ends of the parts around it: what is near may stand at a border.
  const first = Math.max(0, nearest - PIECES + 1);
  const around = pieces.slice(first, nearest + PIECES_PER_PART + PIECES - 1);
  const start = first + bestOf(around, PIECES, countIn);
  const chosen = pieces.slice(start, start + PIECES).join('');
  const isCut = start + PIECES < pieces.length || text.length > MAX_READ;
  return `${start > 0 ? '… ' : ''}${chosen.trim()}${isCut ? ' …' : ''}`;
}

function inParts(pieces: readonly string[]): string[] {
  const count = Math.ceil(pieces.length / PIECES_PER_PART);
  return Array.from({ length: count }, (_, part) =>
    pieces.slice(part * PIECES_PER_PART, (part + 1) * PIECES_PER_PART).join(''),
  );
}

/** Where the `count` pieces begin that are worth most. */
function bestOf(pieces: readonly string[], count: number, countIn: CountIn): number {
  const counts = pieces.map((piece) => countIn(wordsOf(piece)));
  let best = { index: 0, worth: 0 };
  for (let index = 0; index + count <= Math.max(pieces.length, count); index += 1) {
    const worth = worthOf(counts.slice(index, index + count));
    if (worth > best.worth) best = { index, worth };
  }
  return best.index;
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
