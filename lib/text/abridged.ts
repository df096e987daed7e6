import { shortened } from './shortened.ts';

/**
 * The beginning of a text in at most `maxLength` UTF-16 code units (at least 1), with `…` at its end if something was
 * left out. It is well-formed, and no character is cut in two. Costs no more than `maxLength`, however long the text is.
 */
export function abridged(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text.toWellFormed();
  return `${shortened(text, maxLength - 1).toWellFormed()}…`;
}
