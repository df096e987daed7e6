import type { Clock } from '../clock/index.ts';

/** Bounds on one call. Each is checked when the client is made. */
export interface ClientLimits {
  /**
   * For one try, from asking for the token to the end of the answer. 1 to 300 000, by default 10 000. A watch adds the time
   * for which the API may hold an answer back.
   */
  readonly timeoutMs: number;
  /** Tries after the first one. 0 to 20, by default 3. */
  readonly maxRetries: number;
  /** The longest wait before the first retry; it doubles with each retry. 0 to 60 000, by default 200. */
  readonly backoffBaseMs: number;
  /** What the wait does not grow beyond. 0 to 300 000, by default 5 000. */
  readonly maxBackoffMs: number;
  /** A server that asks for a longer wait than this is not asked again. 0 to 3 600 000, by default 30 000. */
  readonly maxRetryAfterMs: number;
}

export interface ClientOptions extends Partial<ClientLimits> {
  /** Where the API is, with its stage if it has one: `https://api.example.com/v1`. */
  readonly baseUrl: string;
  /** A bearer token, or a function that gives one: it is called for each try, so let it keep a token until that expires. */
  readonly token: string | (() => string | Promise<string>);
  /** Sends the requests; the engine's own unless given. */
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  /** From 0 (included) to 1 (excluded), for the jitter. */
  readonly random?: () => number;
  /** Makes idempotency keys: unique, at most 128 characters out of A-Z a-z 0-9 . _ : @ + - */
  readonly newKey?: () => string;
}

export const defaults = {
  timeoutMs: 10_000,
  maxRetries: 3,
  backoffBaseMs: 200,
  maxBackoffMs: 5_000,
  maxRetryAfterMs: 30_000,
} satisfies ClientLimits;
