import type { Message } from '../session/index.ts';
import { cleanText } from '../text/index.ts';
import { findSecrets } from './find-secrets.ts';
import { secretOfField } from './find-settings.ts';
import { mapTexts } from './map-texts.ts';
import type { KnownSecret } from './redact.ts';

/** As many are kept, the first; a conversation has a few. */
const MAX_SECRETS = 1_000;
/** In UTF-16 units. Shorter ones are said for other reasons, too; nobody repeats longer ones. */
const MIN_LENGTH = 6;
const MAX_LENGTH = 512;

/** The secrets that messages say, word for word, so that they are known again where nothing tells them from other words. */
export function secretsSaid(messages: readonly Message[]): KnownSecret[] {
  const found = new Map<string, KnownSecret>();
  const keep = (secret: KnownSecret) => {
    const { length } = secret.value;
    if (found.size < MAX_SECRETS && length >= MIN_LENGTH && length <= MAX_LENGTH)
      found.set(secret.value, secret);
  };
  const look = (text: string, field?: string): string => {
    const kind = field === undefined ? undefined : secretOfField(field, text);
    if (kind !== undefined) keep({ kind, value: text });
    for (const secret of secretsIn(cleanText(text))) keep(secret);
    return text;
  };
  for (const message of messages) mapTexts(message, look);
  return [...found.values()];
}

/** The secrets that a text says. */
export function secretsIn(text: string): KnownSecret[] {
  return findSecrets(text).map(({ kind, start, end }) => ({ kind, value: text.slice(start, end) }));
}
