import { graphemeStart, MAX_GRAPHEME_LENGTH } from './grapheme-start.ts';

/**
 * The beginning of a text, of at most `maxLength` UTF-16 code units, without half a character at its end (`graphemeStart`). Costs no
 * more than `maxLength`, however long the text is.
 */
export function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const start = text.slice(0, maxLength + MAX_GRAPHEME_LENGTH + 1);
  return start.slice(0, graphemeStart(start, maxLength));
}
