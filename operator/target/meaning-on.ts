import { type Meaning, meaningOf } from '../../lib/search/index.ts';
import type { Target } from './target.ts';

/** How one search on a stack finds by meaning, and afterwards, why it did not. */
export interface MeaningOnTarget {
  /** Absent where the stack finds by words alone. */
  readonly meaning: Meaning | undefined;
  /** Empty unless the search was to be by meaning, and was by words. */
  failure(): { readonly meaningFailure?: string };
}

/** Finds by meaning as the stack does, with the operator's credentials. */
export function meaningOn({
  embedding,
  clock,
  random,
}: Pick<Target, 'embedding' | 'clock' | 'random'>): MeaningOnTarget {
  let failure: string | undefined;
  const meaning = meaningOf({
    ...(embedding && { embedding }),
    lease: { clock, random },
    onEvent({ error }) {
      failure = error instanceof Error ? error.message : String(error);
    },
  });
  return { meaning, failure: () => (failure === undefined ? {} : { meaningFailure: failure }) };
}
