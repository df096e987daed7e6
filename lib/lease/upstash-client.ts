import { Redis } from '@upstash/redis';
import { LeaseStoreUnavailableError } from './errors.ts';

export interface UpstashClient {
  /**
   * Runs a script on one key: one request, sent once, whose answer is waited for no longer than the time limit.
   *
   * @throws LeaseStoreUnavailableError for whatever is not an answer. The script may have run all the same.
   */
  evaluate(script: string, key: string, args: readonly string[]): Promise<unknown>;
}

/**
 * Upstash's client, kept from doing what a lease cannot bear.
 *
 * @param options.readToken asked once, by the first request; by the next one again if it failed.
 * @param options.requestTimeoutMs of one request, from connecting to the last byte of the answer.
 */
export function upstashClient(options: {
  readonly url: string;
  readonly readToken: () => Promise<string>;
  readonly requestTimeoutMs: number;
}): UpstashClient {
  const { url, readToken, requestTimeoutMs } = options;
  let connecting: Promise<Redis> | undefined;

  function connect(): Promise<Redis> {
    connecting ??= readToken().then(
      (token) => makeRedis(url, token, requestTimeoutMs),
      (error: unknown) => {
        connecting = undefined;
        throw error;
      },
    );
    return connecting;
  }

  return {
    async evaluate(script, key, args) {
      try {
        const redis = await connect();
        return await redis.eval<string[], unknown>(script, [key], [...args]);
      } catch (error) {
        throw new LeaseStoreUnavailableError(url, reasonOf(error, requestTimeoutMs), { cause: error });
      }
    },
  };
}

function makeRedis(url: string, token: string, requestTimeoutMs: number): Redis {
  return new Redis({
    url,
    token,
    // A function that makes one for each request: the client takes the abort of a plain signal for an answer.
    signal: () => AbortSignal.timeout(requestTimeoutMs),
    // `false` would still send each request twice. Whoever asks for the lease repeats, with its own bounds.
    retry: { retries: 0 },
    // Concurrent requests would become one, with one time limit and one error.
    enableAutoPipelining: false,
    // "007" and "1e3" are names here, not numbers.
    automaticDeserialization: false,
    responseEncoding: 'base64',
    enableTelemetry: false,
  });
}

function reasonOf(error: unknown, requestTimeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `there was no answer in ${requestTimeoutMs} ms`;
  const { cause } = error;
  if (error.message === 'fetch failed' && cause instanceof Error) return cause.message;
  // The client appends the whole command: script, owner and token.
  const [reason = error.message] = error.message.split(', command was: ');
  return reason;
}
