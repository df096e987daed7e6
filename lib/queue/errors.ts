import { CommitlaneError } from '../errors/index.ts';
import type { DeadLetterReason } from './delivery-control.ts';

/** The queue did not take a request, or did not answer. */
export class QueueUnavailableError extends CommitlaneError {
  override readonly name = 'QueueUnavailableError';
  readonly code = 'queue-unavailable';

  constructor(operation: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`The queue failed at ${operation}: ${reason}`, {
      cause,
      retry: { retryable: true, afterMs: 1_000 },
    });
  }
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
