import type { CountedText } from './blend.ts';

/** How soon a word that is repeated adds nothing more, and how much long texts are held back: as Lucene has them. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;
/** What the name of the speaker counts in words of the text: a question about somebody wants that person's own words. */
const SPEAKER_WEIGHT = 2;
/** Likewise for the time: it is less sure that a question means when something was said. */
const TIME_WEIGHT = 1 / 2;

/** What a unit has of a query. */
export interface Candidate extends CountedText {
  /** The words of the query that name its speaker. */
  readonly speakers: readonly number[];
  /** What the query names of its time. */
  readonly times: readonly string[];
}

/**
 * How near units are to a query (BM25: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009): a word that
 * few units have counts more than one that many have. What is common is learnt from the units as they are read.
 */
export function relevance() {
  let units = 0;
  let totalLength = 0;
  const having = new Map<number | string, number>();
  const rarity = (feature: number | string) => {
    const count = having.get(feature) ?? 0;
    return Math.log(1 + (units - count + 0.5) / (count + 0.5));
  };

  return {
    /** Another unit, with what it has of the query by itself. */
    observe({ counts, speakers, times }: Candidate) {
      units += 1;
      for (const feature of new Set([...counts.keys(), ...speakers, ...times])) {
        having.set(feature, (having.get(feature) ?? 0) + 1);
      }
    },

    /** How long it is, with its neighbours. */
    observeLength(length: number) {
      totalLength += length;
    },

    score({ counts, length, speakers, times }: Candidate): number {
      const relative = totalLength > 0 ? (length * units) / totalLength : 1;
      const held = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * relative);
      let score = 0;
      for (const [word, count] of counts) score += (rarity(word) * count * (SATURATION + 1)) / (count + held);
      for (const word of speakers) score += SPEAKER_WEIGHT * rarity(word);
      for (const time of times) score += TIME_WEIGHT * rarity(time);
      return score;
    },
  };
}
