import type { Message } from '../../session/index.ts';
import { type ReadableMessage, readable, speakerOf } from '../readable/index.ts';
import { proseOf } from './text/prose-of.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
/** Words that English is full of, and other languages have not: only in English, `I` is a capital inside a sentence. */
const ENGLISH =
  /^(?:I|(?:the|and|of|that|this|with|you|have|are|what|not|from|your|our|they|but|can|my|is|it|were|been|how|which|would|just|about|there|their|if|any|some|when|who|all|has|she|his|him|as|where|than|because|really|those|them|these|us|up|out|see|good|much|many|more|into|back|very|here|by|looks|like|get|got)|\p{L}+['’](?:m|re|ve|ll|s|t|d))$/iu;
/** English, but not English alone. */
const SHARED = /^(?:an?|at|do|for|in|on|to|we)$/i;
/** A word that is not English alone counts half: English prose comes to 0.4 or so, its close relatives to 0.1. */
const MIN_SHARE = 0.15;
/** Fewer words are too few to tell. */
const MIN_WORDS = 8;
/** In UTF-16 units: the beginning of a message tells its language. */
const START_LENGTH = 1_000;

/** How many messages of people the offline model finds no memories in, because English is not their language. */
export function otherLanguages(messages: readonly Message[]): number {
  const people = readable(messages).filter(isPerson);
  return people.length - inEnglish(people).length;
}

/** The messages of people that are in English, or too short to tell; none where English is not what most of them are in. */
export function inEnglish(messages: readonly ReadableMessage[]): ReadableMessage[] {
  const people = messages.filter(isPerson);
  const starts = people.map(({ content }) => proseOf(content.slice(0, START_LENGTH)).join('\n'));
  return isEnglish(starts.join('\n')) ? people.filter((_, index) => isEnglish(starts[index] ?? '')) : [];
}

/** Whether a person says it in so many words: an assistant without a name is none. */
function isPerson(message: ReadableMessage): boolean {
  return message.kind === 'text' && (message.role === 'user' || speakerOf(message) !== undefined);
}

function isEnglish(text: string): boolean {
  const segments = Array.from(segmenter.segment(text), ({ segment }) => segment);
  const words = segments.filter((segment) => /\p{L}/u.test(segment));
  const count = (pattern: RegExp) => words.filter((word) => pattern.test(word)).length;
  return words.length < MIN_WORDS || count(ENGLISH) + count(SHARED) / 2 >= MIN_SHARE * words.length;
}
