import type { Ranked } from './rank.ts';

/** Sentences that share more than this part of what they say, say the same thing twice. */
const MAX_OVERLAP = 0.5;

/** A sentence that says this much less than the best is better left out, even if there is room. */
const MIN_SHARE_OF_BEST = 0.25;

/** From one message, so that a long one does not take the whole summary. */
const MAX_PER_MESSAGE = 3;

/**
 * The best sentences that fit, none of them near to another, in the order of the conversation. Sentences whose most
 * common word is the same are in one language, so the places are shared among such groups in proportion to their size
 * (Sainte-Laguë): each language gets its part, and none needs to be known.
 */
export function pick(
  ranked: readonly Ranked[],
  { sentences, characters }: { readonly sentences: number; readonly characters: number },
): Ranked[] {
  const least = (ranked[0]?.score ?? 0) * MIN_SHARE_OF_BEST;
  const good = ranked.filter(({ score }) => score >= least);
  const groups = Array.from(Map.groupBy(good, ({ group }) => group).values(), (members) => ({
    size: members.length,
    waiting: members.values(),
    places: 0,
  }));
  const claimOf = ({ size, places }: (typeof groups)[number]) => size / (2 * places + 1);
  const picked: Ranked[] = [];
  let room = characters;
  while (picked.length < sentences && groups.length > 0) {
    const group = groups.reduce((first, other) => (claimOf(other) > claimOf(first) ? other : first));
    const { value: next } = group.waiting.next();
    if (!next) groups.splice(groups.indexOf(group), 1);
    else if (lengthOf(next) <= room && isNew(next, picked)) {
      picked.push(next);
      room -= lengthOf(next);
      group.places += 1;
    }
  }
  return picked.sort((a, b) => a.index - b.index);
}

function lengthOf({ speaker, text }: Ranked): number {
  return speaker.length + text.length + 4;
}

function isNew(one: Ranked, picked: readonly Ranked[]): boolean {
  const fromMessage = picked.filter(({ messageIndex }) => messageIndex === one.messageIndex);
  return fromMessage.length < MAX_PER_MESSAGE && picked.every((other) => overlap(other, one) <= MAX_OVERLAP);
}

function overlap(a: Ranked, b: Ranked): number {
  let shared = 0;
  for (const [term, weight] of a.termWeights) if (b.termWeights.has(term)) shared += weight;
  return shared / (a.total + b.total - shared);
}
