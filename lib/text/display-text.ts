import { stripVTControlCharacters } from 'node:util';

/**
 * Text as it may be shown on a terminal: on one line, without control characters, so that what somebody has written
 * in a conversation cannot move the cursor or change the colours.
 */
export function displayText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}
