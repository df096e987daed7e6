import type { Target, Work } from '../target/index.ts';
import { findLetters, type LetterChoice, type Reading } from './find-letters.ts';
import { type LetterDocument, letterDocument } from './letter-document.ts';

export interface LettersDocument {
  readonly letters: readonly LetterDocument[];
  /** Letters that are there and were not seen, as far as the queues know. */
  readonly unseen: number;
}

/** The letters of a choice. They stay on their queues. */
export async function readLetters(
  target: Target,
  choice: LetterChoice,
  reading: Reading,
  work: Work,
): Promise<LettersDocument> {
  const { letters, unseen } = await findLetters(target, choice, reading, work);
  return { letters: letters.map(letterDocument), unseen };
}
