import { estimateTokens } from './estimate-tokens.ts';

/** Says that something was left out before it. */
const MARK = '… ';
/** Whole sentences are kept if they fill this much of the room: behind a very long one there may be hardly any. */
const FILLED = 1 / 2;

/**
 * The end of a text in at most `maxTokens` tokens (estimated), after a `…`, from the beginning of a sentence where
 * possible, and never from inside a character. The whole text, unmarked, if it fits; empty when nothing does.
 */
export function endOfText(text: string, maxTokens: number): string {
  if (estimateTokens(text) <= maxTokens) return text;
  const sentences = longestEnd(text, 'sentence', maxTokens);
  if (estimateTokens(sentences) >= maxTokens * FILLED) return sentences;
  return longestEnd(text, 'grapheme', maxTokens);
}

function longestEnd(text: string, granularity: 'sentence' | 'grapheme', maxTokens: number): string {
  const segments = new Intl.Segmenter(undefined, { granularity }).segment(text);
  const starts = Array.from(segments, ({ index }) => index);
  let end = '';
  // What is shorter has fewer tokens, so that halving finds it; whatever is returned was measured.
  for (let low = 0, high = starts.length - 1; low <= high; ) {
    const middle = Math.floor((low + high) / 2);
    const candidate = `${MARK}${text.slice(starts[middle]).trim()}`;
    if (candidate.length > MARK.length && estimateTokens(candidate) > maxTokens) {
      low = middle + 1;
    } else {
      end = candidate;
      high = middle - 1;
    }
  }
  return end.length > MARK.length && estimateTokens(end) <= maxTokens ? end : '';
}
