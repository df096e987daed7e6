import { estimateTokens } from './estimate-tokens.ts';

/** Says that something was left out before it. */
const MARK = '… ';
/** Whole sentences are kept if they fill this much of the room: behind a very long one there may be hardly any. */
const FILLED = 1 / 2;
/** No estimate is lower than a token for six bytes: what is further from the end cannot fit, and is not looked at. */
const MAX_CHARACTERS_PER_TOKEN = 6;

/**
 * The end of a text in at most `maxTokens` tokens (estimated), after a `…`, from the beginning of a sentence where
 * possible, and never from inside a character. The whole text, unmarked, if it fits; empty when nothing does.
 */
export function endOfText(text: string, maxTokens: number): string {
  if (estimateTokens(text) <= maxTokens) return text;
  if (maxTokens < 1) return '';
  const sentences = longestEnd(text, 'sentence', maxTokens);
  if (estimateTokens(sentences) >= maxTokens * FILLED) return sentences;
  return longestEnd(text, 'grapheme', maxTokens);
}

function longestEnd(text: string, granularity: 'sentence' | 'grapheme', maxTokens: number): string {
  const near = text.slice(-maxTokens * MAX_CHARACTERS_PER_TOKEN);
  const segments = new Intl.Segmenter(undefined, { granularity }).segment(near);
  // Before the first there may be more of it.
  const starts = Array.from(segments, ({ index }) => index).slice(near.length < text.length ? 1 : 0);
  let end = '';
  // What is shorter has fewer tokens, so that halving finds it; whatever is returned was measured.
  for (let low = 0, high = starts.length - 1; low <= high; ) {
    const middle = Math.floor((low + high) / 2);
    const candidate = `${MARK}${near.slice(starts[middle]).trim()}`;
    if (candidate.length > MARK.length && estimateTokens(candidate) > maxTokens) {
      low = middle + 1;
    } else {
      end = candidate;
      high = middle - 1;
    }
  }
  return end.length > MARK.length && estimateTokens(end) <= maxTokens ? end : '';
}
