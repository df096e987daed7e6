import { abridged } from '../text/index.ts';

/** What SQS takes in a string, by its API reference for SendMessage; half a surrogate pair is none of it. */
const REFUSED = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const REPLACEMENT = '\u{fffd}';

/**
 * A text as a queue or a database keeps it beside a message: never empty, of characters that SQS takes, and abridged
 * between two graphemes. Characters that SQS refuses become U+FFFD.
 *
 * @param maxLength in UTF-16 units, at least 1.
 */
export function reasonText(text: string, maxLength: number): string {
  return abridged(text, maxLength).replace(REFUSED, REPLACEMENT) || '?';
}
