import { isRefusedForGood, retryOf } from '../aws-errors/index.ts';
import { CommitlaneError } from '../errors/index.ts';

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

/** Others kept changing a memory while it was being merged. What was merged before stays merged. */
export class MemoryContendedError extends CommitlaneError {
  override readonly name = 'MemoryContendedError';
  readonly code = 'memory-contended';

  constructor(key: string, attempts: number) {
    super(`Other workers changed memory '${key}' during each of ${attempts} attempts to merge into it.`, {
      retry: { retryable: true, afterMs: 500 },
    });
  }
}
