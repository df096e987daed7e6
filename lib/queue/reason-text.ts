/** What SQS takes in a string, by its API reference for SendMessage; half a surrogate pair is none of it. */
const REFUSED = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const REPLACEMENT = '\u{fffd}';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text as a queue or a database keeps it beside a message: never empty, of characters that SQS takes, and cut between
 * two graphemes. Characters that SQS refuses become U+FFFD.
 *
 * @param maxLength in UTF-16 units, at least 1; a text that is cut ends with `…`, within these.
 */
export function reasonText(text: string, maxLength: number): string {
  // Only what may stay is looked at, however long the text is; `toWellFormed` mends what the cut may have halved.
  const start = text
    .slice(0, maxLength + 1)
    .toWellFormed()
    .replace(REFUSED, REPLACEMENT);
  if (start === '') return '?';
  return start.length <= maxLength ? start : `${wholeGraphemes(start, maxLength - 1)}…`;
}

function wholeGraphemes(text: string, maxLength: number): string {
  let end = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > maxLength) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
