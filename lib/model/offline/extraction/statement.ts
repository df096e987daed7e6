import type { Language } from '../text/language.ts';
import type { CalendarDate } from './calendar/calendar-date.ts';

/** A clause that somebody stated as a fact: no question, no wish, no supposition, nobody else's words. */
export interface Statement {
  /** Starts at the subject; contractions are written out. */
  readonly text: string;
  /** How the speaker is called in a memory. */
  readonly speaker: string;
  readonly saidOn: CalendarDate;
  /** Whether a day further ahead than a week was spoken of just before. */
  readonly isOpen: boolean;
  readonly language: Language;
  /** Names of people and animals close to the speaker, as far as the conversation has introduced them. */
  readonly known: ReadonlySet<string>;
}
