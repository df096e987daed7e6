import { groupBy } from '../../../groups/index.ts';
import type { Candidate } from './read-candidates.ts';

/** How much may be picked; characters are UTF-16 units. */
export interface Room {
  readonly sentences: number;
  readonly characters: number;
}

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
export function pick(candidates: readonly Candidate[], room: Room): Candidate[] {
  const ranked = rank(candidates);
  const good = ranked.filter(({ score }) => score >= MIN_SHARE_OF_BEST * (ranked[0]?.score ?? 0));
  const claims = [...groupBy(good, ({ group }) => group).values()].flatMap((members) =>
    members.map(({ candidate }, place) => ({ candidate, claim: members.length / (2 * place + 1) })),
  );
  const picked: Candidate[] = [];
  let left = room.characters;
  for (const { candidate } of claims.sort((a, b) => b.claim - a.claim)) {
    const length = candidate.speaker.length + candidate.text.length + 4;
    if (picked.length === room.sentences) break;
    if (length > left || !isNew(candidate, picked)) continue;
    picked.push(candidate);
    left -= length;
  }
  return candidates.filter((candidate) => picked.includes(candidate));
}

/**
 * Candidates by what they say about what the whole conversation is about, best first. A term counts more the more
 * messages hold it, each next one less, unless almost all of its language do: then it is no subject (tf-idf).
 */
function rank(candidates: readonly Candidate[]) {
  const spread = new Map<string, Set<number>>();
  for (const { terms, messageIndex } of candidates) {
    for (const term of terms) spread.set(term, (spread.get(term) ?? new Set()).add(messageIndex));
  }
  const spreadOf = (term: string) => spread.get(term)?.size ?? 1;
  const ranked = candidates.map((candidate) => {
    const terms = [...candidate.terms];
    /** Its most common term, in the language that it is written in. */
    const group = terms.reduce((most, term) => (spreadOf(term) > spreadOf(most) ? term : most));
    const weightOf = (count: number) => Math.log1p(count) * Math.log1p(spreadOf(group) / count);
    const total = terms.reduce((sum, term) => sum + weightOf(spreadOf(term)), 0);
    return { candidate, group, score: (candidate.weight * total) / Math.sqrt(terms.length + 2) };
  });
  return ranked.sort((a, b) => b.score - a.score);
}

function isNew({ messageIndex, terms }: Candidate, picked: readonly Candidate[]): boolean {
  if (picked.filter((other) => other.messageIndex === messageIndex).length === MAX_PER_MESSAGE) return false;
  return picked.every((other) => {
    const shared = [...terms].filter((term) => other.terms.has(term)).length;
    return shared <= MAX_OVERLAP * (terms.size + other.terms.size - shared);
  });
}
