// Past the index files, which would bring the server's side and Node's modules into a browser's bundle.
import { untilAborted } from '../clock/until-aborted.ts';
import type { ApiRequest } from './api-request.ts';
import { clientRoutes } from './client-routes.ts';
import { eitherSignal } from './either-signal.ts';
import { CommitlaneNetworkError } from './errors.ts';
import { requestBody } from './request-body.ts';
import { requestHeaders } from './request-headers.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/**
 * Sends a request once and reads the answer, within `timeoutMs`, and as long as the API may hold it back besides.
 *
 * @param read reads as much as is to be there within that time.
 * @throws CommitlaneNetworkError when there is no whole answer; CommitlaneUsageError for what a header cannot
 * carry; the reason of the request's own signal when that aborts; whatever the token function throws.
 */
export async function exchange<T>(
  options: ResolvedOptions,
  request: ApiRequest,
  url: string,
  attempt: number,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMsOf(options, request));
  const { signal, release } = eitherSignal(request.signal ?? timeout, timeout);
  const failure = (cause: unknown) => networkError(options, request, { url, attempt, cause, timeout });
  try {
    const token = await untilAborted(resolveToken(options), signal).catch((error: unknown) => {
      throw error === timeout.reason ? failure(error) : error;
    });
    const init = initOf(request, token, signal);
    return await untilAborted(options.fetch(url, init).then(read), signal).catch((error: unknown) => {
      request.signal?.throwIfAborted();
      throw failure(error);
    });
  } finally {
    release();
  }
}

function timeoutMsOf({ timeoutMs }: ResolvedOptions, { heldBackMs = 0 }: ApiRequest): number {
  return timeoutMs + heldBackMs;
}

function initOf(request: ApiRequest, token: string, signal: AbortSignal): RequestInit {
  return {
    method: clientRoutes[request.operation].method,
    headers: requestHeaders(request, token),
    ...(request.body !== undefined && { body: requestBody(request.body) }),
    signal,
  };
}

async function resolveToken(options: ResolvedOptions): Promise<string> {
  return options.token();
}

function networkError(
  options: ResolvedOptions,
  request: ApiRequest,
  details: { url: string; attempt: number; cause: unknown; timeout: AbortSignal },
): CommitlaneNetworkError {
  const { attempt, cause } = details;
  const { origin } = new URL(details.url);
  if (details.timeout.aborted) {
    const explanation = `no answer from ${origin} within ${timeoutMsOf(options, request)} ms. Try again later, or raise timeoutMs.`;
    return new CommitlaneNetworkError(request.operation, 'timeout', { explanation, attempt, cause });
  }
  const explanation = `${origin} could not be reached, or dropped the connection${reasonOf(cause)}. Check the network and baseUrl.`;
  return new CommitlaneNetworkError(request.operation, 'unreachable', { explanation, attempt, cause });
}

/** Node's fetch says only "fetch failed" itself; why is in the cause. */
function reasonOf(error: unknown): string {
  const innermost = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return innermost instanceof Error && innermost.message ? ` (${innermost.message})` : '';
}
