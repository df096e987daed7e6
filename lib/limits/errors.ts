import { CommitlaneError } from '../errors/index.ts';

/** Limits are out of range or contradict one another. None of them was put into effect. */
export class InvalidLimitsError extends CommitlaneError {
  override readonly name = 'InvalidLimitsError';
  readonly code = 'invalid-limits';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The limits are not valid: ${problems.join('; ')}.`);
    this.problems = problems;
  }
}

/** The parameters could not be read. The limits in effect stay as they are. */
export class LimitsUnavailableError extends CommitlaneError {
  override readonly name = 'LimitsUnavailableError';
  readonly code = 'limits-unavailable';

  constructor(path: string, reason: string, options: { readonly cause?: unknown; readonly afterMs: number }) {
    super(`The parameters under ${path} could not be read: ${reason}`, {
      ...('cause' in options && { cause: options.cause }),
      retry: { retryable: true, afterMs: options.afterMs },
    });
  }
}
