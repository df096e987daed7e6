import { isRefusedForGood, retryOf } from '../aws-errors/index.ts';
import { CommitlaneError, type Retry } from '../errors/index.ts';
import type { SessionKey } from '../session/index.ts';

/** The session was never created, or is deleted; nothing was written. */
export class SessionNotFoundError extends CommitlaneError {
  override readonly name = 'SessionNotFoundError';
  readonly code = 'session-not-found';

  constructor({ session }: SessionKey) {
    super(`There is no session '${session}'. Create it first, with PUT /sessions/${session}.`);
  }
}

/** A later claim owns the session: the worker that sees this has been superseded and must stop. Nothing was written. */
export class FenceRejectedError extends CommitlaneError {
  override readonly name = 'FenceRejectedError';
  readonly code = 'fence-rejected';

  constructor({ session }: SessionKey, fence: number) {
    super(`Another worker has claimed session '${session}' after claim ${fence}.`, {
      retry: { retryable: true, afterMs: 0 },
    });
  }
}

/** The database did not answer, or refused for a passing reason: the write may or may not have happened. */
export class StoreUnavailableError extends CommitlaneError {
  override readonly name = 'StoreUnavailableError';
  readonly code = 'store-unavailable';

  constructor(operation: string, cause: unknown, retry: Retry = { retryable: true, afterMs: 1_000 }) {
    super(`The session store failed at ${operation}: ${reasonOf(cause)}`, { cause, retry });
  }
}

/** The database refuses this very request, however often it is repeated. Nothing was written. */
export class StoreRefusedError extends CommitlaneError {
  override readonly name = 'StoreRefusedError';
  readonly code = 'store-refused';

  constructor(operation: string, cause: unknown) {
    super(
      `The session store refused ${operation}, and would refuse it again: ${reasonOf(cause)}. See docs/operations.md, "Requests that a store refuses".`,
      { cause },
    );
  }
}

/** What an error of the database's client means for the caller. */
export function toStoreError(operation: string, error: unknown): StoreRefusedError | StoreUnavailableError {
  return isRefusedForGood(error)
    ? new StoreRefusedError(operation, error)
    : new StoreUnavailableError(operation, error, retryOf(error));
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
