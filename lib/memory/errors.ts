import { CommitlaneError } from '../errors/index.ts';

/** The database did not answer, or refused for a passing reason: a write may or may not have happened. */
export class MemoryStoreUnavailableError extends CommitlaneError {
  override readonly name = 'MemoryStoreUnavailableError';
  readonly code = 'memory-store-unavailable';

  constructor(operation: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`The memory store failed at ${operation}: ${reason}`, {
      cause,
      retry: { retryable: true, afterMs: 1_000 },
    });
  }
}

/** Others kept changing a memory while it was being merged. What was merged before stays merged. */
export class MemoryContendedError extends CommitlaneError {
  override readonly name = 'MemoryContendedError';
  readonly code = 'memory-contended';

  constructor(key: string, attempts: number) {
    super(`Memory '${key}' was changed by others at each of ${attempts} attempts to merge into it.`, {
      retry: { retryable: true, afterMs: 500 },
    });
  }
}
