import type { ReadableMessage } from '../../readable/index.ts';
import { addDays, type CalendarDate, findWhen } from './when.ts';

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
