import type { Anchor } from './anchor.ts';
import { addDays, inWords, monthNames, weekdayOf, weekdays } from './calendar-date.ts';
import type { When } from './when.ts';

const counts: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, six: 6 };

type Parts = Readonly<Record<string, string | undefined>>;

export function daysFrom(days: number): (parts: Parts, anchor: Anchor) => When {
  return (_, { saidOn }) => onDay(addDays(saidOn, days));
}

export function monthFrom(months: number): (parts: Parts, anchor: Anchor) => When {
  return (_, { saidOn }) => {
    const [year = 0, month = 1] = saidOn.split('-').map(Number);
    const slug = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7);
    return { words: `in ${monthNames[Number(slug.slice(5)) - 1]} ${slug.slice(0, 4)}`, slug };
  };
}

/** `three days ago` is a day; of longer times nobody means the exact day. */
export function timeAgo({ count = '', unit = '' }: Parts, { saidOn }: Anchor): When {
  const number = counts[count.toLowerCase()] ?? Number(count);
  if (unit.toLowerCase() === 'day' && !Number.isNaN(number)) return onDay(addDays(saidOn, -number));
  if (unit.toLowerCase() === 'year' && !Number.isNaN(number)) {
    const year = Number(saidOn.slice(0, 4)) - number;
    return { words: `around ${year}`, slug: String(year) };
  }
  const span = `${count} ${unit}s`.toLowerCase();
  return { words: `${span} before ${inWords(saidOn)}`, slug: `before-${saidOn}` };
}

/** `last week`, said on a Friday, may be any of the days before; so it is told by the day it was said on. */
export function before({ unit = '' }: Parts, anchor: Anchor): When {
  const { saidOn } = anchor;
  const year = Number(saidOn.slice(0, 4)) - 1;
  if (/year/i.test(unit)) return { words: `in ${year}`, slug: String(year) };
  if (/month/i.test(unit)) return monthFrom(-1)({}, anchor);
  const words = /weekend/i.test(unit) ? 'on the weekend before' : 'in the week before';
  return { words: `${words} ${inWords(saidOn)}`, slug: `before-${saidOn}` };
}

/** The nearest such day, before or after the day it was said on, but not that day itself. */
export function weekdayNear({ which = '', weekday = '' }: Parts, { saidOn, isPast, isOpen }: Anchor): When {
  const wanted = weekdays.indexOf(weekday.slice(0, 3).toLowerCase());
  const daysBack = (weekdayOf(saidOn) - wanted + 7) % 7 || 7;
  const isBefore = which.toLowerCase() === 'last' || isPast;
  if (!isBefore && isOpen) {
    return { words: `on ${weekday} (said on ${inWords(saidOn)})`, slug: `${weekday}-after-${saidOn}` };
  }
  return onDay(addDays(saidOn, isBefore ? -daysBack : 7 - (daysBack % 7)));
}

function onDay(date: string): When {
  return { words: `on ${inWords(date)}`, slug: date };
}
