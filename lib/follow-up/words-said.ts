import { readable } from '../model/index.ts';
import type { Message } from '../session/index.ts';
import { wordsOf } from '../words/index.ts';

/** In UTF-16 code units of a whole conversation: 0.1 to 0.7 s of work, by script. */
const MAX_LENGTH = 1_000_000;
/** Of a time in ISO 8601: its day. */
const DAY_LENGTH = 10;

/**
 * The words of a conversation as a model reads it, with who said it and on which day. Of very long conversations the
 * longest messages are looked at in part.
 */
export function wordsSaid(messages: readonly Message[]): ReadonlySet<string> {
  const pieces = readable(messages);
  const maxLength = lengthWithin(
    MAX_LENGTH,
    pieces.map(({ content }) => content.length),
  );
  const said = new Set<string>();
  for (const { content, at, metadata } of pieces) {
    const name = metadata?.['name'];
    const head = `${at.slice(0, DAY_LENGTH)} ${typeof name === 'string' ? name : ''}`;
    for (const word of [...wordsOf(head), ...wordsOf(content, maxLength)]) said.add(word);
  }
  return said;
}

/** To which length texts must be cut so that together they have at most so much: the longest give way first. */
function lengthWithin(total: number, lengths: readonly number[]): number {
  let left = total;
  for (const [index, length] of [...lengths].sort((a, b) => a - b).entries()) {
    const share = Math.floor(left / (lengths.length - index));
    if (length > share) return share;
    left -= length;
  }
  return total;
}
