import type { Message } from '../../session/index.ts';
import { type ReadableMessage, readable } from '../readable/index.ts';
import { languageOf } from './text/language-of.ts';
import { proseOf } from './text/prose-of.ts';
import { isPerson } from './text/speaker-of.ts';

/** How many messages of people the offline model finds no memories in, because English is not their language. */
export function otherLanguages(messages: readonly Message[]): number {
  const people = readable(messages).filter(isPerson);
  return people.length - inEnglish(people).length;
}

/**
 * The messages of people that are in English, as far as can be told; none where more are in other languages. What is too
 * short to tell is in the language of what else is too short.
 */
export function inEnglish(messages: readonly ReadableMessage[]): ReadableMessage[] {
  const spoken = messages
    .filter(isPerson)
    .map((message) => ({ message, prose: proseOf(message.content).join('\n') }));
  const byLanguage = Map.groupBy(spoken, ({ prose }) => languageOf(prose));
  const { english = [], other = [], unclear = [] } = Object.fromEntries(byLanguage);
  const isForeign = languageOf(unclear.map(({ prose }) => prose).join('\n')) === 'other';
  const foreign = other.length + (isForeign ? unclear.length : 0);
  if (foreign > spoken.length - foreign) return [];
  const kept = new Set([...english, ...(isForeign ? [] : unclear)].map(({ message }) => message));
  return messages.filter((message) => kept.has(message));
}
