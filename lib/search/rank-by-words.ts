import { wordsOf } from '../words/index.ts';
import { commonWords } from './common-words.ts';
import { languageReader } from './language-reader.ts';
import type { Language } from './languages.ts';
import { queryTime } from './query-time.ts';
import { type Counts, queryWords } from './query-words.ts';
import { type Candidate, relevance } from './relevance.ts';

/** What the turns next to a unit add to it, by their distance: an answer needs the words of its question. */
const NEIGHBOUR_WEIGHTS = [1 / 2, 1 / 4] as const;
/** So many units that may be hits are kept while others are read; half of them after each look at which are nearest. */
const MAX_KEPT = 1_000;
/** In UTF-16 code units, of their items: at most twice as many bytes. Likewise. */
const MAX_KEPT_UNITS = 16_000_000;

/** Something that may be found. */
export interface Unit<Item> {
  readonly text: string;
  /** Who says it. */
  readonly speaker?: string;
  /** When it was said, in ms since 1970. */
  readonly atMs?: number;
  /** What is given back. */
  readonly item: Item;
  /** How much of memory the item takes, in UTF-16 code units. */
  readonly units: number;
}

interface Ranked<Item> {
  readonly item: Item;
  /** Above 0. */
  readonly score: number;
  /** Which words of the query a text of the same language has. */
  readonly countIn: (words: readonly string[]) => Counts;
}

export interface WordRanking<Item> {
  /** The next unit, in the order of the conversation or against it. */
  add(unit: Unit<Item>): void;
  /** The nearest of all units that were added, best first; nothing can be added then. */
  best(limit: number): Ranked<Item>[];
}

interface Read<Item> extends Omit<Candidate, 'counts' | 'length'> {
  readonly own: Counts;
  readonly ownLength: number;
  readonly item: Item;
  readonly units: number;
  readonly language: Language | undefined;
}

type Kept<Item> = Candidate & Pick<Read<Item>, 'item' | 'units' | 'language'>;

/**
 * Ranks units by how near they are to a query, while they are read: what cannot be a hit is forgotten. At most 1 000
 * units are held, and 32 MB of them and one more; above that, those are forgotten that are farthest by what was read so far.
 * At most 500 come back. Takes time linear in what is added.
 *
 * @param options.hasNeighbours units are turns of one conversation, and those next to a unit say what it is about.
 */
export function rankByWords<Item>(
  query: string,
  { hasNeighbours }: { readonly hasNeighbours: boolean },
): WordRanking<Item> {
  const common = commonWords();
  const wanted = queryWords(query, common);
  const readTime = queryTime(wanted.all);
  const readLanguage = languageReader(common);
  readLanguage(wanted.all);
  const { observe, observeLength, score } = relevance();
  const weights = hasNeighbours ? NEIGHBOUR_WEIGHTS : [];
  const window: Read<Item>[] = [];
  let kept: Kept<Item>[] = [];
  let keptUnits = 0;

  const read = ({ text, speaker, atMs, item, units }: Unit<Item>): Read<Item> => {
    const words = wordsOf(text);
    const language = readLanguage(words);
    const own = wanted.countIn(words, language);
    const speakers = [...wanted.countIn(wordsOf(speaker ?? ''), language).keys()];
    const times = atMs === undefined ? [] : readTime(atMs, language);
    observe({ words: new Set([...own.keys(), ...speakers]), times });
    return { own, ownLength: words.length, speakers, times, item, units, language };
  };

  /** Looks at the unit in the middle, once its neighbours are known. */
  const settle = (index: number) => {
    const one = window[index];
    if (!one) return;
    const { own, ownLength, ...rest } = one;
    const counts = new Map(own);
    let length = ownLength;
    for (const [step, weight] of weights.entries()) {
      for (const neighbour of [window[index - step - 1], window[index + step + 1]]) {
        length += weight * (neighbour?.ownLength ?? 0);
        for (const [word, count] of neighbour?.own ?? []) {
          counts.set(word, (counts.get(word) ?? 0) + weight * count);
        }
      }
    }
    observeLength(length);
    if (counts.size + rest.speakers.length + rest.times.length === 0) return;
    kept.push({ ...rest, counts, length });
    keptUnits += rest.units;
    if (kept.length > MAX_KEPT || keptUnits > MAX_KEPT_UNITS) keepNearest();
  };

  const sorted = () => kept.map((one) => ({ one, score: score(one) })).sort((a, b) => b.score - a.score);

  const keepNearest = () => {
    const nearest = sorted().slice(0, MAX_KEPT / 2);
    kept = [];
    keptUnits = 0;
    for (const { one } of nearest) {
      if (kept.length > 0 && keptUnits + one.units > MAX_KEPT_UNITS / 2) continue;
      kept.push(one);
      keptUnits += one.units;
    }
  };

  const size = 2 * weights.length + 1;
  return {
    add(unit) {
      window.push(read(unit));
      if (window.length > size) window.shift();
      settle(window.length - 1 - weights.length);
    },
    best(limit) {
      const unsettled = Math.min(weights.length, window.length);
      for (let index = window.length - unsettled; index < window.length; index += 1) settle(index);
      return sorted()
        .slice(0, Math.min(limit, MAX_KEPT / 2))
        .map(({ one: { item, language }, score: points }) => ({
          item,
          score: points,
          countIn: (words) => wanted.countIn(words, language),
        }));
    },
  };
}
