export type { LetterChoice } from './find-letters.ts';
export { countFollowed, type Followed, followSent } from './follow-sent.ts';
export { type LetterDocument, prospects } from './letter-document.ts';
export { type MovedQueue, moveQueue } from './move-queue.ts';
export { planDocument, planReplay, type ReplayPlan } from './plan-replay.ts';
export { type LetterDetails, readLetter } from './read-letter.ts';
export { type LettersDocument, readLetters } from './read-letters.ts';
export { type ReplayResult, replayChosen } from './replay-chosen.ts';
export { sendLetters } from './send-letters.ts';
