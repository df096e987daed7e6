import type { DeadLetterKind } from '../../lib/dead-letters/index.ts';
import type { LetterChoice } from '../../operator/letters/index.ts';

/** What `lettersCommand` takes. */
export interface LetterOptions {
  readonly queue?: DeadLetterKind | undefined;
  readonly tenant?: string | undefined;
  readonly session?: string | undefined;
  readonly commit?: string | undefined;
  readonly reason?: string | undefined;
  readonly olderThan?: number | undefined;
}

/** The letters that the options ask for; the filter is empty when they ask for all of a queue, or of both. */
export function choiceOf({ queue, tenant, session, commit, reason, olderThan }: LetterOptions): LetterChoice {
  return {
    ...(queue !== undefined && { queue }),
    filter: {
      ...(tenant !== undefined && { tenant }),
      ...(session !== undefined && { session }),
      ...(commit !== undefined && { commitId: commit }),
      ...(reason !== undefined && { reason }),
      ...(olderThan !== undefined && { olderThanMs: olderThan }),
    },
  };
}
