import { isRefusedForGood, retryOf } from '../aws-errors/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import type { DeadLetterReason } from './delivery-control.ts';

/** The queue did not answer, or refused for a passing reason. */
export class QueueUnavailableError extends CommitlaneError {
  override readonly name = 'QueueUnavailableError';
  readonly code = 'queue-unavailable';

  constructor(operation: string, cause: unknown) {
    super(`The queue failed at ${operation}: ${reasonOf(cause)}`, { cause, retry: retryOf(cause) });
  }
}

/** The queue refuses this very request, however often it is repeated: a message that it cannot hold, for one. */
export class QueueRefusedError extends CommitlaneError {
  override readonly name = 'QueueRefusedError';
  readonly code = 'queue-refused';

  constructor(operation: string, cause: unknown) {
    super(
      `The queue refused ${operation}, and would refuse it again: ${reasonOf(cause)}. See docs/operations.md, "Requests that a store refuses".`,
      { cause },
    );
  }
}

/** What an error of the queue's client means for the caller. */
export function toQueueError(operation: string, error: unknown): QueueRefusedError | QueueUnavailableError {
  return isRefusedForGood(error)
    ? new QueueRefusedError(operation, error)
    : new QueueUnavailableError(operation, error);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}

/** The limits say that this failure goes to the dead-letter queue at once. */
export class DeadLetterError extends CommitlaneError {
  override readonly name = 'DeadLetterError';
  readonly code: string;

  constructor(reason: DeadLetterReason, options: { cause?: unknown } = {}) {
    super(reason.message, options);
    this.code = reason.code;
  }
}

/** A message whose body is not what its consumer expects; no repetition can make it right. */
export class InvalidMessageError extends CommitlaneError {
  override readonly name = 'InvalidMessageError';
  readonly code = 'invalid-message';

  constructor(details: string, options: { cause?: unknown } = {}) {
    super(`The message cannot be understood: ${details}. Correct its sender, then replay it.`, options);
  }
}
