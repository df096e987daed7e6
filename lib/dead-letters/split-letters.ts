import type { DeadLetter } from './dead-letter.ts';
import { LETTERS_PER_REQUEST } from './dead-letter-queue.ts';

/** A queue takes 256 KiB or more in one request; attributes need a little of it. */
const MAX_BYTES = 200_000;

/** The letters, in order, in parts that fit one request each. */
export function splitLetters<Letter extends DeadLetter>(letters: readonly Letter[]): Letter[][] {
  const parts: Letter[][] = [];
  let part: Letter[] = [];
  let partBytes = 0;
  for (const letter of letters) {
    const bytes = Buffer.byteLength(letter.body);
    if (part.length === LETTERS_PER_REQUEST || (part.length > 0 && partBytes + bytes > MAX_BYTES)) {
      parts.push(part);
      part = [];
      partBytes = 0;
    }
    part.push(letter);
    partBytes += bytes;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
