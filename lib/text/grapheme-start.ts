const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No character of a language is so long; what is longer is a letter buried in marks, or emoji joined without an end. */
export const MAX_GRAPHEME_LENGTH = 64;

/**
 * The last place at or before `index` (both in UTF-16 code units, from 0) where a text can be cut without cutting a character, as
 * people see it, in two: 0 when the first one reaches beyond `index`. A character of more than 64 code units is cut between code
 * points. Costs as much as the text is long.
 */
export function graphemeStart(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const around = segmenter.segment(text).containing(Math.max(0, index));
  if (!around) return 0;
  return around.segment.length <= MAX_GRAPHEME_LENGTH ? around.index : codePointStart(text, index);
}

function codePointStart(text: string, index: number): number {
  const isSecondHalf = (text.codePointAt(index - 1) ?? 0) > 0xffff;
  return isSecondHalf ? index - 1 : index;
}
