import { wordsOf } from '../words/index.ts';
import type { Language } from './languages.ts';

const YEAR = /^\d{4}$/;
const NUMBER = /^\d+$/;
/** So many days are remembered with what they match. */
const MAX_REMEMBERED = 1_000;
const DEFAULT_TAG = 'en';

/** What of a time a query names: its year, its month and, beside that, its day. */
export type QueryTime = (atMs: number, language: Language | undefined) => readonly string[];

/**
 * Which years, months and days a query names, in the words of a text's language, such as `May 2023`, `8. Mai`, `2023年5月`:
 * whatever it wants of that time was probably said then. Days are those of UTC.
 *
 * @param words of the query.
 */
export function queryTime(words: readonly string[]): QueryTime {
  const named = new Set(words);
  const hasYear = words.some((word) => YEAR.test(word));
  const monthsByTag = new Map<string, readonly boolean[]>();
  const remembered = new Map<string, readonly string[]>();
  return (atMs, language) => {
    if (Number.isNaN(atMs)) return [];
    const tag = language?.tag ?? DEFAULT_TAG;
    const months = monthsByTag.get(tag) ?? namedMonths(named, tag);
    monthsByTag.set(tag, months);
    if (!hasYear && !months.includes(true)) return [];
    const at = new Date(atMs);
    const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
    const key = `${tag} ${year} ${month} ${day}`;
    const known = remembered.get(key);
    if (known) return known;
    const isMonth = months[month] === true;
    const found = [
      ...(named.has(String(year)) ? [`year ${year}`] : []),
      ...(isMonth ? [`month ${month}`] : []),
      ...(isMonth && named.has(String(day)) ? [`day ${day}`] : []),
    ];
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(key, found);
    return found;
  };
}

/**
 * Of each month, whether its name is there, by itself or as it stands beside a day (`май`, `мая`). Where months are numbers, as in
 * `5月`, the number and the sign are the name.
 */
function namedMonths(named: ReadonlySet<string>, tag: string): boolean[] {
  const alone = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' });
  const besideDay = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => {
    const at = Date.UTC(2000, month, 15);
    const beside = besideDay.formatToParts(at).find(({ type }) => type === 'month')?.value ?? '';
    return [alone.format(at), beside]
      .map((name) => wordsOf(name))
      .some((words) => !words.every((word) => NUMBER.test(word)) && words.every((word) => named.has(word)));
  });
}
