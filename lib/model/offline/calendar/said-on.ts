import type { ReadableMessage } from '../../readable/index.ts';
import { addDays, type CalendarDate, calendarDate, monthNames } from './calendar-date.ts';

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const DATE_IN_WORDS = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)? (${monthNames.join('|')}),? (\\d{4})\\b`,
  'i',
);

/**
 * The day a message was said on, as written in its time. A conversation that was stored later may carry the time in
 * its metadata, as `at`, in words; that comes first, unless it is later: nothing is said after it was stored. A day of
 * grace is for time zones.
 */
export function saidOn({ at, metadata }: ReadableMessage): CalendarDate {
  const told = metadata?.['at'];
  const [, day, month, year] = (typeof told === 'string' && DATE_IN_WORDS.exec(told)) || [];
  const monthIndex = monthNames.findIndex((name) => name.toLowerCase() === month?.toLowerCase());
  const inWords = calendarDate(Number(year), monthIndex + 1, Number(day));
  const stored = ISO_DATE.exec(at)?.[0] ?? new Date(at).toISOString().slice(0, 10);
  const isTold = inWords !== undefined && monthIndex >= 0 && inWords <= addDays(stored, 1);
  return isTold ? inWords : stored;
}
