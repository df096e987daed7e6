import type { Anchor } from './anchor.ts';
import { calendarDate, inWords, monthNames, weekdayOf, weekdays } from './calendar-date.ts';
import type { When } from './when.ts';

const yearSteps: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

/** A date that was said in so many words; without a year, the one that fits its weekday and the anchor. */
export function resolveDate(
  { day, month, monthNumber, year, whichYear, weekday }: Readonly<Record<string, string | undefined>>,
  { saidOn, isPast }: Anchor,
): When | undefined {
  const number = monthNumber ? Number(monthNumber) : monthNames.indexOf(month ?? '') + 1;
  const yearSaid = Number(saidOn.slice(0, 4));
  const step = whichYear === undefined ? undefined : yearSteps[whichYear];
  const given = year ?? (step === undefined ? undefined : yearSaid + step);
  const years = given === undefined ? [yearSaid, yearSaid - 1, yearSaid + 1] : [Number(given)];
  const wanted = weekday === undefined ? -1 : weekdays.indexOf(weekday.slice(0, 3).toLowerCase());
  const dates = years
    .map((candidate) => calendarDate(candidate, number, Number(day)))
    .filter((date) => date !== undefined)
    .filter((date) => wanted === -1 || weekdayOf(date) === wanted)
    .filter((date) => given !== undefined || wanted !== -1 || !isPast || date <= saidOn);
  const [date] = dates.sort((a, b) => distance(a, saidOn) - distance(b, saidOn));
  return date === undefined ? undefined : { words: `on ${inWords(date)}`, slug: date };
}

function distance(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b));
}
