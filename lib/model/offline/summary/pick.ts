import type { Candidate } from './candidate.ts';
import type { Ranked } from './rank.ts';

/** Sentences that share more than this part of their terms say the same thing twice. */
const MAX_OVERLAP = 0.5;

/** A sentence that says this much less than the best is better left out, even if there is room. */
const MIN_SHARE_OF_BEST = 0.15;

/** From one message, so that a long one does not take the whole summary. */
const MAX_PER_MESSAGE = 3;

/** The best sentences that fit, none of them near to another, in the order of the conversation. */
export function pick(
  ranked: readonly Ranked[],
  { sentences, characters }: { readonly sentences: number; readonly characters: number },
): Candidate[] {
  const picked: Candidate[] = [];
  let room = characters;
  const least = (ranked[0]?.score ?? 0) * MIN_SHARE_OF_BEST;
  for (const { candidate, score } of ranked) {
    if (picked.length === sentences || score < least) break;
    const length = candidate.speaker.length + candidate.text.length + 4;
    if (length > room || picked.some((other) => overlap(other, candidate) > MAX_OVERLAP)) continue;
    const fromMessage = picked.filter(({ messageIndex }) => messageIndex === candidate.messageIndex);
    if (fromMessage.length === MAX_PER_MESSAGE) continue;
    picked.push(candidate);
    room -= length;
  }
  return picked.sort((a, b) => a.index - b.index);
}

function overlap({ terms: a }: Candidate, { terms: b }: Candidate): number {
  const shared = a.filter((term) => b.includes(term)).length;
  return shared / Math.min(a.length, b.length);
}
