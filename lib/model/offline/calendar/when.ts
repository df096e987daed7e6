import type { ReadableMessage } from '../../readable/index.ts';

/** A day, as the calendar of whoever wrote it has it: ISO 8601, `2023-05-08`. */
export type CalendarDate = string;

/** When something happens, said so that it stays true on any later day. */
export interface When {
  /** `on 7 May 2023`, `in August 2023`, `in the week before 9 June 2023` */
  readonly words: string;
  /** The same for keys: `2023-05-07`, `2023-08`, `before-2023-06-09`. */
  readonly slug: string;
}

type Parts = Readonly<Record<string, string | undefined>>;

const DAY_MS = 86_400_000;
const LONG_DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
export const months: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');
const numbers = 'zero one two three four five six'.split(' ');

const MONTH = `(?<month>${months.join('|')})`;
const YEAR = '(?:,? (?<year>[1-9]\\d{3})| (?<which>last|next) year)?';
const DATE = new RegExp(
  `\\b(?:on )?(?:[MTWFS]\\p{L}{2,5}day,? )?(?:(?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)? (?:of )?)?${MONTH}(?: (?<dayAfter>\\d{1,2})(?:st|nd|rd|th)?\\b)?${YEAR}\\b`,
  'gu',
);
/** `on Fridays` is no day, nor is `Friday's`. */
const WEEKDAY =
  '(?<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)(?! ?\\p{L}*s\\b)';
/** Times that are said from the day on which they are said; `today's` is no time. */
const RELATIVE = new RegExp(
  `\\b(?:${[
    '(?<near>yesterday|today|tonight|tomorrow|last night|this (?=morning|afternoon|evening))(?: ?(?:morning|afternoon|evening|night))?',
    '(?:(?:about|around|over|almost|nearly) )?(?<span>(?<count>two|three|four|five|six|a few|a couple of|\\d{1,2}) (?:day|weekend|week|month|year)s) ago',
    '(?<which>last|this past|this last|the past|next) (?<unit>week|month|year|weekend)',
    `last ${WEEKDAY}`,
  ].join('|')})\\b(?!')`,
  'giu',
);
const ON_WEEKDAY = new RegExp(`\\bon ${WEEKDAY}\\b(?!')`, 'gu');
/** What was booked in the past may be for a day that comes. */
const AHEAD = /\b(?:for|until|till|by) (?:the )?$/i;

/**
 * The first time that an English text says, exact ones first, between what is said before and after it. `isPast` says
 * whether the text speaks of the past, as `on Thursday` does of two days.
 */
export function findWhen(text: string, saidOn: CalendarDate, isPast: boolean) {
  for (const pattern of [DATE, RELATIVE, ON_WEEKDAY]) {
    const [match] = text.matchAll(pattern);
    if (!match) continue;
    const before = text.slice(0, match.index);
    const resolve = pattern === DATE ? onDate : relative;
    const when = resolve(match.groups ?? {}, saidOn, isPast && !AHEAD.test(before));
    if (when) return { ...when, before, after: text.slice(match.index + match[0].length) };
  }
  return undefined;
}

/** An English sentence with the date behind each `tomorrow` or `last Friday`; other languages stay as they are. */
export function withDates(sentence: string, saidOn: CalendarDate): string {
  return sentence.replace(RELATIVE, (said, ...rest) => {
    const { words } = relative(rest.at(-1), saidOn, true);
    return `${said} (${words.replace(/^on (?=\d)/, '')})`;
  });
}

/**
 * The day a message was said on, as written in its time. A conversation that was stored later may carry the time in
 * its metadata, as `at`, in words; that comes first, unless it is later: nothing is said after it was stored. A day of
 * grace is for time zones.
 */
export function saidOn({ at, metadata }: ReadableMessage): CalendarDate {
  const stored = at.slice(0, 10);
  const told = String(metadata?.['at'] ?? '');
  const day = /\b[1-9]\d{3}\b/.test(told) ? findWhen(told, stored, true)?.slug : undefined;
  return day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) && day <= addDays(stored, 1) ? day : stored;
}

function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A day that exists; without a year, the nearest, which is past where the text speaks of the past. */
function onDate(parts: Parts, saidOn: CalendarDate, isPast: boolean): When | undefined {
  const { month = '', day = parts['dayAfter'], year, which } = parts;
  const now = Date.parse(saidOn);
  const thisYear = Number(saidOn.slice(0, 4));
  const given = year ?? (which && thisYear + (which === 'next' ? 1 : -1));
  const [nearest] = (given === undefined ? [thisYear, thisYear - 1, thisYear + 1] : [Number(given)])
    .map((one) => new Date(Date.UTC(one, months.indexOf(month), Number(day))))
    .filter((date) => date.getUTCDate() === Number(day))
    .filter((date) => given !== undefined || !isPast || date.getTime() <= now)
    .sort((a, b) => Math.abs(a.getTime() - now) - Math.abs(b.getTime() - now));
  return nearest && on(nearest.toISOString().slice(0, 10));
}

/**
 * `Last week`, said on a Friday, may be any of the days before, and `on Monday` may be one of a later week: such times
 * are told by the day they were said on.
 */
function relative(parts: Parts, saidOn: CalendarDate, isPast: boolean): When {
  const { near, span = '', count = '', weekday, which = '', unit = '' } = parts;
  const [year = 0, month = 1] = saidOn.split('-').map(Number);
  const step = /next/i.test(which) ? 1 : -1;
  const told = LONG_DATE.format(new Date(saidOn));
  if (near)
    return on(addDays(saidOn, { yesterday: -1, 'last night': -1, tomorrow: 1 }[near.toLowerCase()] ?? 0));
  const days = /days$/i.test(span) ? Number(count) || numbers.indexOf(count.toLowerCase()) : 0;
  if (days > 0) return on(addDays(saidOn, -days));
  if (span) return { words: `${span.toLowerCase()} before ${told}`, slug: `before-${saidOn}` };
  if (weekday) {
    const wanted = weekdays.indexOf(weekday.slice(0, 3).toLowerCase());
    const daysBack = (new Date(saidOn).getUTCDay() - wanted + 7) % 7 || 7;
    if (isPast) return on(addDays(saidOn, -daysBack));
    return { words: `on ${weekday} (said on ${told})`, slug: `${weekday}-after-${saidOn}` };
  }
  if (/year/i.test(unit)) return { words: `in ${year + step}`, slug: String(year + step) };
  const first = new Date(Date.UTC(year, month - 1 + step)).toISOString().slice(0, 10);
  if (/month/i.test(unit)) return { words: on(first).words.replace(/^on 1/, 'in'), slug: first.slice(0, 7) };
  const side = step === 1 ? 'after' : 'before';
  const week = /weekend/i.test(unit) ? 'on the weekend' : 'in the week';
  return { words: `${week} ${side} ${told}`, slug: `${side}-${saidOn}` };
}

function on(date: CalendarDate): When {
  return { words: `on ${LONG_DATE.format(new Date(date))}`, slug: date };
}
