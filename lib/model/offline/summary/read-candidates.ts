import { type ReadableMessage, speakerOf } from '../../readable/index.ts';
import { inBatches } from '../text/in-batches.ts';
import { proseOf } from '../text/prose-of.ts';
import { sentencesOf } from '../text/sentences-of.ts';

/** A sentence that may become part of a summary. */
export interface Candidate {
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
/** People say what matters to them; tools and instructions mostly repeat what was known. */
const roleWeights = { user: 1.5, assistant: 1, system: 0.1, tool: 0.1 } as const;

/** In UTF-16 units. Longer sentences are not read by people either: mostly logs and pasted data. */
const MAX_SENTENCE_LENGTH = 320;
/** Fewer different words, or different letters, say nothing alone; up to the full length, a sentence says less. */
const MIN_WORDS = 3;
const MIN_LETTERS = 5;
const FULL_LENGTH = 8;

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
/**
 * In UTF-16 units. Of most languages, a word's first letters say what it is about, and its end what it does in the
 * sentence (McNamee and Mayfield, 2004): `upload` and `uploads` are one term.
 */
const TERM_LENGTH = 6;

/** Every sentence of the messages that says something, in order. */
export async function readCandidates(
  messages: readonly ReadableMessage[],
  signal: AbortSignal,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const [messageIndex, message] of messages.entries()) {
    if (message.kind !== 'text' && message.kind !== 'result') continue;
    const name = speakerOf(message);
    const speaker = name ?? roleNames[message.role];
    const sentences = proseOf(message.content).flatMap(sentencesOf);
    const short = sentences.filter(({ length }) => length <= MAX_SENTENCE_LENGTH);
    for await (const batch of inBatches(short, signal)) {
      for (const [index, terms] of termsOf(batch).entries()) {
        const text = batch[index] ?? '';
        const weight = roleWeights[name === undefined ? message.role : 'user'] * formWeight(text, terms);
        if (weight > 0) candidates.push({ messageIndex, speaker, text, terms, weight });
      }
    }
  }
  return candidates;
}

/** How much a sentence of any language counts by its form: how long it is, and whether it asks. */
function formWeight(text: string, terms: ReadonlySet<string>): number {
  const words = [...terms].filter((term) => !/\p{N}/u.test(term));
  if (words.length < MIN_WORDS || new Set(words.join('')).size < MIN_LETTERS) return 0;
  return Math.min(1, terms.size / FULL_LENGTH) * (/[?？؟]["'”」)]*$/.test(text) ? 0.35 : 1);
}

/**
 * What each sentence speaks of, each once: the beginnings of its words, and its numbers. Sentences are read together,
 * because the dictionaries of Chinese and Thai take longer to open than to use.
 */
function termsOf(sentences: readonly string[]): Set<string>[] {
  const all = [new Set<string>()];
  for (const { segment, isWordLike } of segmenter.segment(sentences.join('\n'))) {
    const word = segment.normalize('NFKC').toLowerCase();
    if (segment === '\n') all.push(new Set());
    else if (isWordLike) all.at(-1)?.add(/\p{N}/u.test(word) ? word : word.slice(0, TERM_LENGTH));
  }
  return all;
}
