import type { ReadableMessage } from '../../readable/index.ts';
import { pause } from '../text/pause.ts';
import { proseOf } from '../text/prose-of.ts';
import { sentencesOf } from '../text/sentences-of.ts';
import { speakerOf } from '../text/speaker-of.ts';
import { termsOf } from '../text/terms-of.ts';
import { weightOf } from './weight-of.ts';

/** A sentence that may become part of a summary. */
export interface Candidate {
  /** Place in the conversation, from 0. */
  readonly index: number;
  /** Of its message, from 0. */
  readonly messageIndex: number;
  readonly speaker: string;
  readonly text: string;
  /** What it is about. */
  readonly terms: ReadonlySet<string>;
  /** How much its kind of sentence counts, before what it is about is looked at. */
  readonly weight: number;
}

const roleNames = { user: 'User', assistant: 'Assistant', system: 'System', tool: 'Tool' } as const;

/** Longer sentences are not read by people either: mostly logs and pasted data. */
const MAX_SENTENCE_LENGTH = 320;

/** Fewer different words, or different letters, say nothing without what is around them. */
const MIN_WORDS = 3;
const MIN_LETTERS = 5;

/** So many sentences are read before everything else has its turn. */
const SENTENCES_PER_TURN = 20;

/** Every sentence of the messages that says something, in order, as it is to be told. */
export async function readCandidates(
  messages: readonly ReadableMessage[],
  signal: AbortSignal,
  told: (sentence: string, message: ReadableMessage) => string = (sentence) => sentence,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const [messageIndex, message] of messages.entries()) {
    if (message.kind !== 'text' && message.kind !== 'result') continue;
    const speaker = speakerOf(message) ?? roleNames[message.role];
    const sentences = proseOf(message.content).flatMap((paragraph) => [...sentencesOf(paragraph)]);
    const readable = sentences.filter(({ length }) => length <= MAX_SENTENCE_LENGTH);
    for (let from = 0; from < readable.length; from += SENTENCES_PER_TURN) {
      await pause(signal);
      const read = readable.slice(from, from + SENTENCES_PER_TURN);
      for (const [place, terms] of termsOf(read).entries()) {
        if (!saysSomething(terms)) continue;
        const text = told(read[place] ?? '', message);
        const weight = weightOf(text, terms, message);
        candidates.push({ index: candidates.length, messageIndex, speaker, text, terms, weight });
      }
    }
  }
  return candidates;
}

function saysSomething(terms: ReadonlySet<string>): boolean {
  const words = [...terms].filter((term) => !/\p{N}/u.test(term));
  return words.length >= MIN_WORDS && new Set(words.join('')).size >= MIN_LETTERS;
}
