import { CommitlaneError } from '../errors/index.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The longest that a provider may have us wait before the next attempt; what it asks for beyond that is cut. */
const MAX_AFTER_MS = 5 * MINUTE;

/** The model could not be reached, is overloaded, or limits our rate: the same call may succeed after `afterMs`. */
export class ModelUnavailableError extends CommitlaneError {
  override readonly name = 'ModelUnavailableError';
  readonly code = 'model-unavailable';

  constructor(model: string, reason: string, afterMs: number, options: { cause?: unknown } = {}) {
    super(`Model ${model} is not available: ${reason}.`, {
      ...options,
      retry: { retryable: true, afterMs: Math.min(Math.max(0, afterMs), MAX_AFTER_MS) },
    });
  }
}

/** The model, or its provider, will not do this call however often it is repeated: somebody has to change something. */
export class ModelRefusedError extends CommitlaneError {
  override readonly name = 'ModelRefusedError';
  readonly code = 'model-refused';

  constructor(model: string, reason: string) {
    super(`Model ${model} refused: ${reason}.`);
  }
}

/** A model answered, but with nothing that can be used; models vary, so the next attempt may fare better. */
export class UnusableOutputError extends CommitlaneError {
  override readonly name = 'UnusableOutputError';
  readonly code = 'unusable-output';

  constructor(model: string, what: string) {
    super(`Model ${model} returned ${what}.`, { retry: { retryable: true, afterMs: 0 } });
  }
}
