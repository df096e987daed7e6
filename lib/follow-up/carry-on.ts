import { type ArchiveRange, cover } from '../archive/index.ts';
import { endOfText, estimateTokens } from '../tokens/index.ts';
import type { FinishedSummary } from './previous-summaries.ts';

/** No model is given more of what was before, however large its window: two of the longest summaries, or twenty usual ones. */
const MAX_TOKENS = 16_000;
/** What is left of a summary that is shortened, a paragraph; one that would have less is left out. */
const MIN_TOKENS = 400;
/** Between two texts. */
const SEPARATOR = '\n\n';
/** Ranges that a summary names at most, the newest. Nobody asks further back: the context looks at 100 gaps. */
const MAX_RANGES = 200;

interface CarriedOn {
  /** Oldest first. */
  readonly text: string;
  /** Of every summary that is in the text, whole or shortened. */
  readonly covers: readonly ArchiveRange[];
}

/**
 * Earlier summaries as a model is given them: in at most `maxTokens` tokens (estimated; 16 000 at most), so that
 * whatever was replayed, and whichever model is asked, there is room for the archive itself. The oldest are shortened
 * first, to no less than 400 tokens, and keep their ends. What then does not fit is left out: it is not covered, so that
 * the next summary may carry it on, and until then the context gives it by itself.
 *
 * @param summaries newest first.
 * @returns undefined when there is nothing to carry on.
 */
export function carryOn(
  summaries: readonly FinishedSummary[],
  maxTokens: number = MAX_TOKENS,
): CarriedOn | undefined {
  const shares = sharesOf(
    summaries.map(({ text }) => estimateTokens(text) + 1),
    Math.min(maxTokens, MAX_TOKENS),
  );
  const carried = summaries
    .map(({ text, covers }, index) => ({ text: endOfText(text, (shares[index] ?? 0) - 1), covers }))
    .filter(({ text }) => text !== '')
    .reverse();
  if (carried.length === 0) return undefined;
  return {
    text: carried.map(({ text }) => text).join(SEPARATOR),
    covers: cover(
      carried.flatMap(({ covers }) => covers),
      [],
    ).slice(-MAX_RANGES),
  };
}

/** Each gets its least share while there is any left, the newest first; the rest goes to the newest again. */
function sharesOf(sizes: readonly number[], maxTokens: number): number[] {
  let left = maxTokens;
  const take = (wanted: number) => {
    const taken = Math.min(wanted, left);
    left -= taken;
    return taken;
  };
  const least = sizes.map((size) => {
    const wanted = Math.min(size, MIN_TOKENS, maxTokens);
    return wanted <= left ? take(wanted) : 0;
  });
  return sizes.map((size, index) => {
    const given = least[index] ?? 0;
    return given === 0 ? 0 : given + take(size - given);
  });
}
