import type { ReadableMessage } from '../../readable/index.ts';
import type { Sentence } from '../text/sentence.ts';
import { speakerOf } from '../text/speaker-of.ts';

/** People say what matters to them; tools and instructions mostly repeat what was known. */
const roleWeights = { user: 1.5, assistant: 1, system: 0.1, tool: 0.1 } as const;
const PERSON_WEIGHT = 1.5;

const GREETING =
  /^(?:(?:yeah|yep|yes|oh|aww?|ah),? )?(?:\p{Lu}\p{Ll}+, )?(?:hi|hey|hello|hei|morning|good (?:morning|evening|night|luck)|bye|thanks?|thank you|wow|congrat\w*|sounds|awesome|great|nice|cool|glad|perfect|welcome|agreed|absolutely|sorry|oh man|so glad|those|that's|i'm (?:really |so )?(?:proud|happy) (?:of|for))\b/iu;
const OUTCOME =
  /\b(?:fix(?:ed)?|solved|works|worked|decided|agreed|signed|booked|ordered|because|cause|result|plan|deadline|must|need to|moved?|moving|cost|applied|joined|passed|started)\b/i;
const FIRST_PERSON = /\b(?:I|my|we|our)\b/;
const TO_HEARER = /\b(?:you|your|you're|you've)\b/i;
const UNCLEAR_START = /^(?:it|that|this|these|those|they|he|she|then|so|and|but|or|there)\b/i;
const SYMBOLS = /[{}[\]<>=|\\$#_;]/g;

/** How much a sentence counts by its form: who says it, if it asks, greets or flatters, tells an outcome, names things. */
export function weightOf({ text, words }: Sentence, message: ReadableMessage): number {
  let weight: number = speakerOf(message) === undefined ? roleWeights[message.role] : PERSON_WEIGHT;
  if (text.endsWith('?')) weight *= 0.35;
  if (text.endsWith(':')) weight *= 0.7;
  if (GREETING.test(text)) weight *= 0.3;
  if (UNCLEAR_START.test(text)) weight *= 0.5;
  if (TO_HEARER.test(text)) weight *= 0.7;
  if (OUTCOME.test(text)) weight *= 1.6;
  if (FIRST_PERSON.test(text)) weight *= 1.2;
  if (isCodeLike(text)) weight *= 0.1;
  return weight * (1 + 0.1 * Math.min(4, named(words))) * lengthFactor(words.length);
}

/** Names after the first word, which is written with a capital anyway, and numbers. */
function named(words: Sentence['words']): number {
  return words.slice(1).filter(({ partOfSpeech, text }) => {
    return partOfSpeech === 'NUM' || (partOfSpeech === 'PROPN' && /^\p{Lu}/u.test(text));
  }).length;
}

function isCodeLike(text: string): boolean {
  return (text.match(SYMBOLS)?.length ?? 0) > text.length / 40 + 1;
}

/** Very short sentences need their context, very long ones take the room of two. */
function lengthFactor(wordCount: number): number {
  if (wordCount < 5) return 0.3;
  if (wordCount < 8) return 0.7;
  return wordCount > 35 ? 0.7 : 1;
}
