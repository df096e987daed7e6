import { graphemeStart } from './grapheme-start.ts';
import { shortened } from './shortened.ts';

/** The end of a long output says how it went, but most of what there is to know comes first. */
const SHARE_OF_START = 2 / 3;

/**
 * The first and the last lines of a text, with how much was left out between them; the whole text if it has at most
 * `maxLength` UTF-16 units. Where lines are long, they are cut between characters as people see them.
 */
export function shortenedMiddle(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const start = wholeLines(shortened(text, Math.floor(maxLength * SHARE_OF_START)));
  const roomAfter = maxLength - Math.floor(maxLength * SHARE_OF_START);
  const end = lastLines(text.slice(graphemeStart(text, text.length - roomAfter)));
  return `${start} [… ${text.length - start.length - end.length} characters left out …] ${end}`;
}

/** Without the last line, which was cut, unless that would leave less than half. */
function wholeLines(start: string): string {
  const lineEnd = start.lastIndexOf('\n');
  return lineEnd > start.length / 2 ? start.slice(0, lineEnd + 1) : start;
}

function lastLines(end: string): string {
  const lineStart = end.indexOf('\n') + 1;
  return lineStart > 0 && lineStart < end.length / 2 ? end.slice(lineStart) : end;
}
