import type { ReadableMessage } from '../../readable/index.ts';
import type { CalendarDate } from './calendar/calendar-date.ts';

/** A sentence that was said, by whom and when. */
export interface Utterance {
  readonly message: ReadableMessage;
  readonly messageIndex: number;
  /** The name in the message's metadata. */
  readonly name: string | undefined;
  readonly saidOn: CalendarDate;
  /** Whether its message is material for a task rather than the speaker's own statements. */
  readonly isTask: boolean;
  /** Contractions are written out. */
  readonly text: string;
}
