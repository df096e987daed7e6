import { isRefusedForGood, retryOf } from '../aws-errors/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import type { ScopeKey, Subject } from './memory.ts';

/** The database did not answer, or refused for a passing reason: a write may or may not have happened. */
export class MemoryStoreUnavailableError extends CommitlaneError {
  override readonly name = 'MemoryStoreUnavailableError';
  readonly code = 'memory-store-unavailable';

  constructor(operation: string, cause: unknown) {
    super(`The memory store failed at ${operation}: ${reasonOf(cause)}`, { cause, retry: retryOf(cause) });
  }
}

/** The database refuses this very request, however often it is repeated. What was merged before stays merged. */
export class MemoryStoreRefusedError extends CommitlaneError {
  override readonly name = 'MemoryStoreRefusedError';
  readonly code = 'memory-store-refused';

  constructor(operation: string, cause: unknown) {
    super(
      `The memory store refused ${operation}, and would refuse it again: ${reasonOf(cause)}. See docs/operations.md, "Requests that a store refuses".`,
      { cause },
    );
  }
}

/** What an error of the database's client means for the caller. */
export function toMemoryStoreError(
  operation: string,
  error: unknown,
): MemoryStoreRefusedError | MemoryStoreUnavailableError {
  return isRefusedForGood(error)
    ? new MemoryStoreRefusedError(operation, error)
    : new MemoryStoreUnavailableError(operation, error);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}

/** Others kept changing memories while they were to be changed. What was changed before stays changed. */
export class MemoryContendedError extends CommitlaneError {
  override readonly name = 'MemoryContendedError';
  readonly code = 'memory-contended';

  /** @param memories how many; their keys are what people said, and logs and timelines hold none of that. */
  constructor(memories: number, attempts: number) {
    const which = memories === 1 ? 'a memory' : `${memories} memories`;
    super(`Others changed ${which} during each of ${attempts} attempts to do so.`, {
      retry: { retryable: true, afterMs: 500 },
    });
  }
}

/** Nothing is known of the subject, or it was taken back. */
export class MemoryNotFoundError extends CommitlaneError {
  override readonly name = 'MemoryNotFoundError';
  readonly code = 'memory-not-found';

  constructor({ scope }: ScopeKey, { category, key }: Subject) {
    super(
      `Scope '${scope}' has no memory '${key}' of the category '${category}'. GET /memories/${scope} lists those that it has.`,
    );
  }
}

/** The memory holds as it is, so that there is nothing to restore. */
export class MemoryNotForgottenError extends CommitlaneError {
  override readonly name = 'MemoryNotForgottenError';
  readonly code = 'memory-not-forgotten';

  constructor({ scope }: ScopeKey, { category, key }: Subject) {
    super(
      `The memory '${key}' of the category '${category}' in scope '${scope}' was not taken back: there is nothing to restore. Change its text with PUT.`,
    );
  }
}
