import type { Message } from '../session/index.ts';
import { cleanText } from '../text/index.ts';
import { secretOfField } from './find-settings.ts';
import { mapTexts } from './map-texts.ts';
import { placeholderOf } from './placeholder.ts';
import { redact } from './redact.ts';

/** Messages in clean text (`cleanText`) without their secrets, also those of JSON fields such as `password`; and how many. */
export function redactMessages(messages: readonly Message[]): {
  readonly messages: readonly Message[];
  readonly count: number;
} {
  let count = 0;
  const change = (given: string, field?: string): string => {
    const kind = field === undefined ? undefined : secretOfField(field, given);
    if (kind !== undefined) {
      count += 1;
      return placeholderOf(kind);
    }
    const redacted = redact(cleanText(given));
    count += redacted.count;
    return redacted.text;
  };
  return { messages: messages.map((message) => mapTexts(message, change)), count };
}
