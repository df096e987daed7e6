import { wordsOf } from '../words/index.ts';
import { blend } from './blend.ts';
import { type CommonWords, commonWords } from './common-words.ts';
import { keepNearest } from './keep-nearest.ts';
import { languageReader } from './language-reader.ts';
import type { Language } from './languages.ts';
import { queryTime } from './query-time.ts';
import { type Counts, type QueryWords, queryWords } from './query-words.ts';
import { type Candidate, relevance } from './relevance.ts';

/** What the turns next to a unit add to it, by their distance: an answer needs the words of its question. */
const NEIGHBOUR_WEIGHTS = [1 / 2, 1 / 4] as const;
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

export interface Ranked<Item> {
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

interface Read<Item> extends Candidate {
  readonly item: Item;
  readonly units: number;
  readonly language: Language | undefined;
}

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
  const weights = hasNeighbours ? NEIGHBOUR_WEIGHTS : [];
  const common = commonWords();
  const wanted = queryWords(query, common);
  const { observe, observeLength, score } = relevance();
  const read = unitReader<Item>(wanted, common);
  const nearest = keepNearest<Read<Item>>(score);
  /** A unit with as many on both sides as have a weight. */
  const window: Read<Item>[] = [];

  /** Looks at a unit of the window, once its neighbours are known. */
  const settle = (index: number) => {
    const one = window[index];
    if (!one) return;
    const { counts, length } = blend(window, index, weights);
    observeLength(length);
    const has = counts.size + one.speakers.length + one.times.length > 0;
    if (has) nearest.add({ ...one, counts, length });
  };

  return {
    add(unit) {
      const one = read(unit);
      observe(one);
      window.push(one);
      if (window.length > 2 * weights.length + 1) window.shift();
      settle(window.length - 1 - weights.length);
    },
    best(limit) {
      const unsettled = Math.max(0, window.length - weights.length);
      for (let index = unsettled; index < window.length; index += 1) settle(index);
      return nearest.best(limit).map(({ thing: { item, language }, score: points }) => ({
        item,
        score: points,
        countIn: (words) => wanted.countIn(words, language),
      }));
    },
  };
}

/** Reads units that follow one another: what they have of a query, each in its own language. */
function unitReader<Item>(wanted: QueryWords, common: CommonWords): (unit: Unit<Item>) => Read<Item> {
  const readTime = queryTime(wanted.all);
  const readLanguage = languageReader(common);
  readLanguage(wanted.all);
  return ({ text, speaker = '', atMs, item, units }) => {
    const words = wordsOf(text, text.length);
    const language = readLanguage(words);
    return {
      counts: wanted.countIn(words, language),
      length: words.length,
      speakers: [...wanted.countIn(wordsOf(speaker), language).keys()],
      times: atMs === undefined ? [] : readTime(atMs, language),
      item,
      units,
      language,
    };
  };
}
