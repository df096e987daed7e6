import type { CalendarDate } from './calendar-date.ts';

/** What a time is resolved against. */
export interface Anchor {
  readonly saidOn: CalendarDate;
  /** Whether the text speaks of the past: which of two Thursdays is meant, or which year. */
  readonly isPast: boolean;
  /** Whether a later day was spoken of just before, so that a coming Thursday may be one after that. */
  readonly isOpen: boolean;
}
