import type { Candidate } from './candidate.ts';

export interface Ranked {
  readonly candidate: Candidate;
  readonly score: number;
}

/** How much more the first and the last tenth of a conversation count: what it is about, and how it ended. */
const EDGE_WEIGHT = 1.15;

/**
 * Candidates by what they say about what the whole conversation is about, best first. A term counts by the number
 * of messages that hold it, each next message less.
 */
export function rank(candidates: readonly Candidate[]): Ranked[] {
  const spread = termSpread(candidates);
  const last = Math.max(1, candidates.at(-1)?.messageIndex ?? 0);
  return candidates
    .map((candidate) => {
      const total = candidate.terms.reduce((sum, term) => sum + Math.log1p(spread.get(term) ?? 0), 0);
      const place = candidate.messageIndex / last;
      const edge = place < 0.1 || place > 0.9 ? EDGE_WEIGHT : 1;
      return { candidate, score: (candidate.weight * edge * total) / Math.sqrt(candidate.terms.length + 2) };
    })
    .sort((a, b) => b.score - a.score || a.candidate.index - b.candidate.index);
}

function termSpread(candidates: readonly Candidate[]): Map<string, number> {
  const messagesByTerm = new Map<string, Set<number>>();
  for (const { terms, messageIndex } of candidates) {
    for (const term of terms) {
      const holding = messagesByTerm.get(term) ?? new Set();
      messagesByTerm.set(term, holding.add(messageIndex));
    }
  }
  return new Map([...messagesByTerm].map(([term, holding]) => [term, holding.size]));
}
