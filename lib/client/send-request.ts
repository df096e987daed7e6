import type { ApiRequest } from './api-request.ts';
import { CommitlaneApiError, CommitlaneNetworkError } from './errors.ts';
import { exchange } from './exchange.ts';
import { problemOf } from './problem-of.ts';
import { requestUrl } from './request-url.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import { retryAfterMs, retryDelayMs } from './retry-delay.ts';

/** Sends a request as the client's options say. */
export type Send = <T>(request: ApiRequest) => Promise<T>;

/**
 * Sends a request until it is answered, refused, or out of retries.
 *
 * Every operation of the API may be sent again: it is idempotent by itself, by its idempotency key or by its messages' ids.
 *
 * @throws CommitlaneApiError, CommitlaneNetworkError, CommitlaneUsageError, or the reason of an aborted signal.
 */
export async function sendRequest<T>(options: ResolvedOptions, request: ApiRequest): Promise<T> {
  const url = requestUrl(options.baseUrl, request);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await exchange(options, request, url, attempt, readText);
      return readAnswer<T>(options, request, answer, attempt);
    } catch (error) {
      const delayMs = retryDelayMs(error, attempt, options);
      if (delayMs === undefined) throw error;
      await options.clock.sleep(delayMs, request.signal);
    }
  }
}

/** An answer, read to its end. */
interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly retryAfter: string | null;
  readonly text: string;
}

export async function readText(response: Response): Promise<Answer> {
  return {
    status: response.status,
    statusText: response.statusText,
    retryAfter: response.headers.get('retry-after'),
    text: await response.text(),
  };
}

/** What an answer that is no success comes to. */
export function apiError(
  { clock }: ResolvedOptions,
  { operation }: ApiRequest,
  { status, statusText, text, retryAfter }: Answer,
  attempt: number,
): CommitlaneApiError {
  return new CommitlaneApiError(operation, problemOf(status, statusText, text), {
    retryAfterMs: retryAfterMs(retryAfter, clock.now()),
    attempt,
  });
}

function readAnswer<T>(options: ResolvedOptions, request: ApiRequest, answer: Answer, attempt: number): T {
  const { status, text } = answer;
  if (status < 200 || status > 299) throw apiError(options, request, answer, attempt);
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch (cause) {
    const explanation = `the answer (${status}) is not JSON. Check that baseUrl is the API's address.`;
    throw new CommitlaneNetworkError(request.operation, 'unreadable-answer', { explanation, attempt, cause });
  }
}
