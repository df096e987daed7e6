import { CommitlaneError } from '../errors/index.ts';

const MINUTE = 60_000;

/** The longest that a provider may have us wait before the next attempt; what it asks for beyond that is cut. */
const MAX_AFTER_MS = 5 * MINUTE;

/** The embedding model cannot be reached, is overloaded, or did not answer in time. */
export class EmbeddingUnavailableError extends CommitlaneError {
  override readonly name = 'EmbeddingUnavailableError';
  readonly code = 'embedding-unavailable';

  /** @param options.afterMs when the same call may succeed. Default 0. */
  constructor(message: string, options: { readonly afterMs?: number; readonly cause?: unknown } = {}) {
    const { afterMs = 0, ...rest } = options;
    super(message, {
      ...rest,
      retry: { retryable: true, afterMs: Math.min(Math.max(0, afterMs), MAX_AFTER_MS) },
    });
  }
}

/** The embedding model refuses, or answers what cannot be used: the same call would fail again. */
export class EmbeddingRefusedError extends CommitlaneError {
  override readonly name = 'EmbeddingRefusedError';
  readonly code = 'embedding-refused';
}
