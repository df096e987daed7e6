/** A day, as the calendar of whoever wrote it has it: ISO 8601, `2023-05-08`. */
export type CalendarDate = string;

const DAY_MS = 86_400_000;

export const monthNames: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');

export const weekdays: readonly string[] = 'sun mon tue wed thu fri sat'.split(' ');

/** Nothing for a day that does not exist. `months` are added to the month. */
export function calendarDate(year: number, month: number, day: number, months = 0): CalendarDate | undefined {
  const date = new Date(Date.UTC(year, month - 1 + months, day));
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(date).getUTCDay();
}

/** `8 May 2023` */
export function inWords(date: CalendarDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${monthNames[(month ?? 1) - 1]} ${year}`;
}
