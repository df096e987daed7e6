/** Control characters, and halves of surrogate pairs: with the flag `u`, a whole pair is no surrogate. */
const UNCLEAN = /[\p{Cc}\p{Cs}]/gu;

/**
 * The text without control characters (line feeds and tabs stay) and without halves of characters, so that every store and every
 * server takes it, and a terminal shows it without obeying it. Nothing else changes: no normalisation. Carriage returns become
 * line feeds, a pair of both becomes one.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(UNCLEAN, (character) => (character === '\n' || character === '\t' ? character : ''));
}
