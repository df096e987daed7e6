export {
  type DeadLetter,
  type DeadLetterKind,
  deadLetterKinds,
} from './dead-letter.ts';
export type { DeadLetterQueue } from './dead-letter-queue.ts';
export { type ExplainedLetter, explainLetter, type Prospect } from './explain-letter.ts';
export { type FollowedReplay, followReplays, type Replay, replaysOf } from './follow-replays.ts';
export { gatherLetters } from './gather-letters.ts';
export { type InProcessDeadLetterQueue, inProcessDeadLetterQueue } from './in-process-dead-letter-queue.ts';
export { inReplayOrder } from './in-replay-order.ts';
export { type LetterFilter, matchesFilter } from './letter-filter.ts';
export { type Look, lookAtLetters } from './look-at-letters.ts';
export { type Move, moveNatively, NativeMoveError } from './move-natively.ts';
export {
  MAX_LETTERS_PER_REPLAY,
  type ReplayContext,
  replayLetters,
} from './replay-letters.ts';
export { sqsDeadLetterQueue } from './sqs-dead-letter-queue.ts';
