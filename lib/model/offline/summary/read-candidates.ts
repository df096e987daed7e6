import type { ReadableMessage } from '../../readable/index.ts';
import type { Language } from '../text/language.ts';
import { pause } from '../text/pause.ts';
import { proseOf } from '../text/prose-of.ts';
import type { Sentence } from '../text/sentence.ts';
import { speakerOf } from '../text/speaker-of.ts';
import type { Candidate } from './candidate.ts';
import { weightOf } from './weight-of.ts';

const roleNames = { user: 'User', assistant: 'Assistant', system: 'System', tool: 'Tool' } as const;

/** Longer sentences are not read by people either: mostly logs and pasted data. */
const MAX_SENTENCE_LENGTH = 320;

/** Shorter ones say nothing without what is around them. */
const MIN_WORDS = 4;

/** Every sentence of the messages that says something, in order; pauses between paragraphs. */
export async function readCandidates(
  language: Language,
  messages: readonly ReadableMessage[],
  signal: AbortSignal,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const [messageIndex, message] of messages.entries()) {
    if (message.kind !== 'text' && message.kind !== 'result') continue;
    const speaker = speakerOf(message) ?? roleNames[message.role];
    for (const paragraph of proseOf(message.content)) {
      await pause(signal);
      for (const sentence of language.read(paragraph)) {
        const terms = termsOf(sentence);
        if (terms.length === 0 || sentence.text.length > MAX_SENTENCE_LENGTH) continue;
        if (sentence.words.filter(({ isWord }) => isWord).length < MIN_WORDS) continue;
        const weight = weightOf(sentence, message);
        candidates.push({
          index: candidates.length,
          messageIndex,
          speaker,
          text: sentence.text,
          terms,
          weight,
        });
      }
    }
  }
  return candidates;
}

function termsOf({ words }: Sentence): string[] {
  const content = words.filter(
    ({ isWord, isStopWord, partOfSpeech }) =>
      isWord && !isStopWord && ['NOUN', 'PROPN', 'VERB', 'ADJ'].includes(partOfSpeech),
  );
  return [...new Set(content.map(({ lemma }) => lemma.toLowerCase()))];
}
