import type { Candidate } from './read-candidates.ts';

export interface Ranked extends Candidate {
  readonly score: number;
  /** What each of its terms says about the conversation. */
  readonly termWeights: ReadonlyMap<string, number>;
  /** Of all its terms. */
  readonly total: number;
  /** Its most common term, in the language that it is written in. */
  readonly group: string;
}

/** How much more the first and the last tenth of a conversation count: what it is about, and how it ended. */
const EDGE_WEIGHT = 1.15;

/**
 * Candidates by what they say about what the whole conversation is about, best first. A term counts more the more
 * messages hold it, each next one less, unless almost all of its language do: then it is no subject (tf-idf).
 */
export function rank(candidates: readonly Candidate[]): Ranked[] {
  const spread = termSpread(candidates);
  const spreadOf = (term: string) => spread.get(term) ?? 1;
  const last = Math.max(1, candidates.at(-1)?.messageIndex ?? 0);
  return candidates
    .map((candidate) => {
      const terms = [...candidate.terms];
      const group = terms.reduce((most, term) => (spreadOf(term) > spreadOf(most) ? term : most));
      const weightOf = (count: number) => Math.log1p(count) * Math.log1p(spreadOf(group) / count);
      const termWeights = new Map(terms.map((term) => [term, weightOf(spreadOf(term))]));
      const total = [...termWeights.values()].reduce((sum, weight) => sum + weight, 0);
      const place = candidate.messageIndex / last;
      const edge = place < 0.1 || place > 0.9 ? EDGE_WEIGHT : 1;
      const score = (candidate.weight * edge * total) / Math.sqrt(terms.length + 2);
      return { ...candidate, score, termWeights, total, group };
    })
    .sort((a, b) => b.score - a.score || a.index - b.index);
}

/** In how many messages each term is; candidates come message by message. */
function termSpread(candidates: readonly Candidate[]): Map<string, number> {
  const spread = new Map<string, number>();
  const lastSeen = new Map<string, number>();
  for (const { terms, messageIndex } of candidates) {
    for (const term of terms) {
      if (lastSeen.get(term) !== messageIndex) spread.set(term, (spread.get(term) ?? 0) + 1);
      lastSeen.set(term, messageIndex);
    }
  }
  return spread;
}
