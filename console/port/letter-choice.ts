import type { DeadLetterKind, LetterFilter } from '../../lib/dead-letters/index.ts';

/** Which dead letters: those that fit every condition that is given, and have one of `ids` if there are any. */
export interface LetterChoice {
  readonly queue?: DeadLetterKind;
  readonly filter: LetterFilter;
  readonly ids?: ReadonlySet<string>;
}
