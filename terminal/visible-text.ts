/** What would move a cursor, change a colour or turn the direction of a line, and half a surrogate pair. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Text as it may be shown on a terminal, with nothing left out: on one line, characters that nobody sees, or that a
 * terminal obeys, by their numbers (`\u{1b}`).
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
