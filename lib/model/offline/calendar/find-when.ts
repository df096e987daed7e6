import {
  addDays,
  type CalendarDate,
  calendarDate,
  inWords,
  monthNames,
  weekdayOf,
  weekdays,
} from './calendar-date.ts';

/** When something happens, said so that it stays true on any later day. */
export interface When {
  /** `on 7 May 2023`, `in August 2023`, `in the week before 9 June 2023` */
  readonly words: string;
  /** The same for keys: `2023-05-07`, `2023-08`, `before-2023-06-09`. */
  readonly slug: string;
}

/** Where in a text the time is said, and what it is. */
export interface FoundWhen extends When {
  readonly start: number;
  readonly end: number;
}

/** What a time is resolved against. */
interface Anchor {
  readonly saidOn: CalendarDate;
  /** Whether the text speaks of the past: which of two Thursdays is meant, or which year. */
  readonly isPast: boolean;
}

type Parts = Readonly<Record<string, string | undefined>>;
type Expression = readonly [RegExp, (parts: Parts, anchor: Anchor) => When | undefined];

const DAY_NAME = '(?<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\\b';
/** `on Fridays` is no day, nor is `Friday's`. */
const ONE_DAY = `${DAY_NAME}(?! ?\\p{L}*s\\b|\\p{L}|')`;
const MONTH = `(?<month>${monthNames.join('|')})`;
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?:,? (?<year>\\d{4})| (?<whichYear>last|this|next) year)?\\b';
const counts: Parts = { two: '2', three: '3', four: '4', five: '5', six: '6' };
const steps: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

const dates: readonly Expression[] = [
  [/\b(?:on )?(?<year>\d{4})-(?<monthNumber>\d{2})-(?<day>\d{2})\b/g, onDate],
  [new RegExp(`\\b(?:on )?(?:${DAY_NAME},? )?(?:the )?${DAY}(?: of)? ${MONTH}${YEAR}`, 'g'), onDate],
  [new RegExp(`\\b(?:on )?(?:${DAY_NAME},? )?${MONTH} ${DAY}\\b${YEAR}`, 'g'), onDate],
];
/** Times that are said from the day on which they are said; `today's` is no time. */
const relativeTimes: readonly Expression[] = [
  [/\b(?:yesterday|last night)(?: (?:morning|afternoon|evening))?\b(?!')/gi, fromNow(-1)],
  [/\b(?:today|tonight|this (?:morning|afternoon|evening))\b(?!')/gi, fromNow(0)],
  [/\btomorrow(?: (?:morning|afternoon|evening|night))?\b(?!')/gi, fromNow(1)],
  [
    /\b(?:(?:about|around|over|almost|nearly) )?(?<count>two|three|four|five|six|a few|a couple of|\d{1,2}) (?<unit>day|weekend|week|month|year)s ago\b/gi,
    ago,
  ],
  [/\b(?<which>last|this past|this last|the past|next) (?<unit>week|month|year|weekend)\b(?!')/gi, around],
  [new RegExp(`\\b(?<which>last|this) ${ONE_DAY}`, 'giu'), onWeekday],
];
const bareWeekday: Expression = [new RegExp(`\\bon ${ONE_DAY}`, 'gu'), onWeekday];

/** What was booked in the past may be for a day that comes. */
const AHEAD = /\b(?:for|until|till|by) (?:the )?$/i;

/** The first time that an English text says, exact ones first. */
export function findWhen(text: string, anchor: Anchor): FoundWhen | undefined {
  for (const [pattern, resolve] of [...dates, ...relativeTimes, bareWeekday]) {
    const [match] = text.matchAll(pattern);
    if (!match) continue;
    const isAhead = AHEAD.test(text.slice(0, match.index));
    const when = resolve(match.groups ?? {}, isAhead ? { ...anchor, isPast: false } : anchor);
    if (when) return { ...when, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** An English sentence with the date behind each `tomorrow` or `last Friday`; other languages stay as they are. */
export function withDates(sentence: string, saidOn: CalendarDate): string {
  const dated = (said: string, when: When | undefined) =>
    when ? `${said} (${when.words.replace(/^on (?=\d)/, '')})` : said;
  return relativeTimes.reduce(
    (text, [pattern, resolve]) =>
      text.replace(pattern, (said, ...rest) => dated(said, resolve(rest.at(-1), { saidOn, isPast: false }))),
    sentence,
  );
}

/** Without a year, the nearest that fits the weekday and whether it is past. */
function onDate(
  { day, month = '', monthNumber, year, whichYear, weekday = '' }: Parts,
  { saidOn, isPast }: Anchor,
): When | undefined {
  const said = Number(saidOn.slice(0, 4));
  const given = year ?? (whichYear === undefined ? undefined : said + (steps[whichYear] ?? 0));
  const years = given === undefined ? [said, said - 1, said + 1] : [Number(given)];
  const number = Number(monthNumber ?? monthNames.indexOf(month) + 1);
  const wanted = weekdays.indexOf(weekday.slice(0, 3).toLowerCase());
  const distance = (date: string) => Math.abs(Date.parse(date) - Date.parse(saidOn));
  const [date] = years
    .flatMap((one) => calendarDate(one, number, Number(day)) ?? [])
    .filter((date) => wanted === -1 || weekdayOf(date) === wanted)
    .filter((date) => given !== undefined || wanted !== -1 || !isPast || date <= saidOn)
    .sort((a, b) => distance(a) - distance(b));
  return date === undefined ? undefined : on(date);
}

function fromNow(days: number): Expression[1] {
  return (_, { saidOn }) => on(addDays(saidOn, days));
}

/** `three days ago` is a day; of longer times nobody means the exact day. */
function ago({ count = '', unit = '' }: Parts, { saidOn }: Anchor): When {
  const number = Number(counts[count.toLowerCase()] ?? count);
  if (/day/i.test(unit) && number > 0) return on(addDays(saidOn, -number));
  const year = Number(saidOn.slice(0, 4)) - number;
  if (/year/i.test(unit) && number > 0) return { words: `around ${year}`, slug: String(year) };
  const span = `${count} ${unit}s`.toLowerCase();
  return { words: `${span} before ${inWords(saidOn)}`, slug: `before-${saidOn}` };
}

/** `last week`, said on a Friday, may be any of the days before; so it is told by the day it was said on. */
function around({ which = '', unit = '' }: Parts, { saidOn }: Anchor): When {
  const step = /next/i.test(which) ? 1 : -1;
  const [year = 0, month = 1] = saidOn.split('-').map(Number);
  if (/year/i.test(unit)) return { words: `in ${year + step}`, slug: String(year + step) };
  const first = calendarDate(year, month, 1, step) ?? saidOn;
  if (/month/i.test(unit)) return { words: `in ${inWords(first).slice(2)}`, slug: first.slice(0, 7) };
  const side = step === 1 ? 'after' : 'before';
  const words = /weekend/i.test(unit) ? `on the weekend ${side}` : `in the week ${side}`;
  return { words: `${words} ${inWords(saidOn)}`, slug: `${side}-${saidOn}` };
}

/** The nearest such day; of a coming `Monday` alone the day it was said on is kept, as it may be one of a later week. */
function onWeekday({ which = '', weekday = '' }: Parts, { saidOn, isPast }: Anchor): When {
  const wanted = weekdays.indexOf(weekday.slice(0, 3).toLowerCase());
  const daysBack = (weekdayOf(saidOn) - wanted + 7) % 7 || 7;
  if (/last/i.test(which) || (isPast && which === '')) return on(addDays(saidOn, -daysBack));
  if (/this/i.test(which)) return on(addDays(saidOn, 7 - (daysBack % 7)));
  return { words: `on ${weekday} (said on ${inWords(saidOn)})`, slug: `${weekday}-after-${saidOn}` };
}

function on(date: CalendarDate): When {
  return { words: `on ${inWords(date)}`, slug: date };
}
