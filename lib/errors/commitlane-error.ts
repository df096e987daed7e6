/** Whether the same call may succeed later: not at all, or after a delay of `afterMs` milliseconds (0: at once). */
export type Retry = { readonly retryable: false } | { readonly retryable: true; readonly afterMs: number };

/**
 * The base of every error that Commitlane throws on purpose.
 *
 * `code` is stable across releases and safe to match on; `message` is for people and says what was wrong,
 * what was expected and what to do.
 */
export abstract class CommitlaneError extends Error {
  abstract override readonly name: string;
  abstract readonly code: string;
  readonly retry: Retry;

  constructor(message: string, options: { cause?: unknown; retry?: Retry } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.retry = options.retry ?? { retryable: false };
  }
}
