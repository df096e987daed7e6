import type { APICallError } from 'ai';
import type { Clock } from '../../clock/index.ts';
import { CommitlaneError } from '../../errors/index.ts';
import { ModelRefusedError, ModelUnavailableError } from '../errors.ts';
import { retryAfterMs } from './retry-after-ms.ts';

const SECOND = 1_000;
/** Where the provider does not say when to come back. */
const AFTER_RATE_LIMIT_MS = 30 * SECOND;
const AFTER_FAILURE_MS = 10 * SECOND;

/** Passing, though they look like the caller's fault; 424 is Bedrock's word for a failure of the model itself. */
const PASSING = new Set([408, 409, 424, 425, 429]);

const advice: Readonly<Record<number, string>> = {
  401: 'the key is missing, wrong or expired',
  403: 'the key or the role may not use it',
  404: 'the provider does not know it',
  413: 'the request is too large for it',
};

/**
 * What an error of the AI SDK or of a provider means for the caller. Their messages, and the requests and answers that they carry,
 * are left behind: they may hold keys and what people wrote.
 */
export async function toModelError(
  model: string,
  clock: Pick<Clock, 'now'>,
  error: unknown,
): Promise<CommitlaneError> {
  if (error instanceof CommitlaneError) return error;
  const { AISDKError, APICallError } = await import('ai');
  if (APICallError.isInstance(error)) return ofCall(model, clock, error);
  if (AISDKError.isInstance(error)) return new ModelUnavailableError(model, error.name, AFTER_FAILURE_MS);
  const cause = error instanceof Error ? error.name : typeof error;
  return new ModelUnavailableError(model, `the call failed with ${cause}`, AFTER_FAILURE_MS, {
    cause: error,
  });
}

function ofCall(model: string, clock: Pick<Clock, 'now'>, error: APICallError): CommitlaneError {
  const { statusCode: status, responseHeaders = {} } = error;
  if (status === undefined) {
    return new ModelUnavailableError(model, `the connection failed${codeOf(error)}`, AFTER_FAILURE_MS);
  }
  const reason = `HTTP ${status}${providerCodeOf(error)}`;
  if (status >= 500 || PASSING.has(status)) {
    const defaultMs = status === 429 ? AFTER_RATE_LIMIT_MS : AFTER_FAILURE_MS;
    return new ModelUnavailableError(model, reason, retryAfterMs(responseHeaders, clock.now()) ?? defaultMs);
  }
  if (status >= 400) {
    const hint = advice[status];
    return new ModelRefusedError(model, hint === undefined ? reason : `${reason}, ${hint}`);
  }
  return new ModelUnavailableError(model, `${reason} without a proper answer`, AFTER_FAILURE_MS);
}

/** Such as ` (ECONNREFUSED)`. */
function codeOf(error: unknown): string {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ('code' in one && isName(one.code)) return ` (${one.code})`;
  }
  return '';
}

/** Such as ` (context_length_exceeded)` or ` (ValidationException)`. */
function providerCodeOf({ data, responseHeaders }: APICallError): string {
  const { error } = (data ?? {}) as { error?: { code?: unknown; type?: unknown } };
  const [awsType] = (responseHeaders?.['x-amzn-errortype'] ?? '').split(':');
  const code = [error?.code, error?.type, awsType].find(isName);
  return code === undefined ? '' : ` (${code})`;
}

/** Keys and sentences are never of letters, underscores and hyphens alone. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 60 && /^[A-Za-z]+(?:[_-][A-Za-z]+){0,9}$/.test(value);
}
