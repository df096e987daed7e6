import type { DeadLetterKind, LetterFilter } from '../../lib/dead-letters/index.ts';

/** What `lettersCommand` takes. */
export interface LetterOptions {
  readonly queue?: DeadLetterKind | undefined;
  readonly tenant?: string | undefined;
  readonly session?: string | undefined;
  readonly commit?: string | undefined;
  readonly reason?: string | undefined;
  readonly olderThan?: number | undefined;
}

/** The filter that the options ask for; empty when they ask for none. */
export function filterOf({ tenant, session, commit, reason, olderThan }: LetterOptions): LetterFilter {
  return {
    ...(tenant !== undefined && { tenant }),
    ...(session !== undefined && { session }),
    ...(commit !== undefined && { commitId: commit }),
    ...(reason !== undefined && { reason }),
    ...(olderThan !== undefined && { olderThanMs: olderThan }),
  };
}
