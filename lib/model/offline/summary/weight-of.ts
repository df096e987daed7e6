import type { ReadableMessage } from '../../readable/index.ts';
import { speakerOf } from '../text/speaker-of.ts';

/** People say what matters to them; tools and instructions mostly repeat what was known. */
const roleWeights = { user: 1.5, assistant: 1, system: 0.1, tool: 0.1 } as const;
const PERSON_WEIGHT = 1.5;

const QUESTION = /[?？؟]["'”」)]*$/;
const SYMBOLS = /[{}[\]<>=|\\$#_;]/g;

/** Shorter sentences need what is around them. */
const FULL_LENGTH = 8;

/** How much a sentence of any language counts by its form: who says it, whether it asks, what it names, how long it is. */
export function weightOf(text: string, terms: ReadonlySet<string>, message: ReadableMessage): number {
  const speaks = speakerOf(message) === undefined ? roleWeights[message.role] : PERSON_WEIGHT;
  const asks = QUESTION.test(text) ? 0.35 : 1;
  const isCodeLike = (text.match(SYMBOLS)?.length ?? 0) > text.length / 40 + 1;
  const numbers = [...terms].filter((term) => /\p{N}/u.test(term)).length;
  const length = Math.min(1, terms.size / FULL_LENGTH);
  return speaks * asks * (isCodeLike ? 0.1 : 1) * (1 + 0.1 * Math.min(4, numbers)) * length;
}
