import type { APICallError } from 'ai';
import { retryAfterMs } from './retry-after-ms.ts';

/** What an error of the AI SDK or of a provider means: it will not do this call, or may do it later. */
export type Failure =
  | { readonly kind: 'refused'; readonly reason: string; readonly status: number }
  | {
      readonly kind: 'unavailable';
      readonly reason: string;
      readonly afterMs: number;
      /** Where it is no error of a provider's. */
      readonly cause?: unknown;
    };

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
 * What an error means for the caller. The provider's messages, and the requests and answers that they carry, are left behind: they
 * may hold keys and what people wrote.
 */
export async function failureOf(error: unknown, nowMs: number): Promise<Failure> {
  const { AISDKError, APICallError } = await import('ai');
  if (APICallError.isInstance(error)) return ofCall(error, nowMs);
  if (AISDKError.isInstance(error)) return unavailable(error.name);
  const name = error instanceof Error ? error.name : typeof error;
  return { ...unavailable(`the call failed with ${name}`), cause: error };
}

function ofCall(error: APICallError, nowMs: number): Failure {
  const { statusCode: status, responseHeaders = {} } = error;
  if (status === undefined) return unavailable(`the connection failed${codeOf(error)}`);
  const reason = `HTTP ${status}${providerCodeOf(error)}`;
  if (status >= 500 || PASSING.has(status)) {
    const defaultMs = status === 429 ? AFTER_RATE_LIMIT_MS : AFTER_FAILURE_MS;
    return unavailable(reason, retryAfterMs(responseHeaders, nowMs) ?? defaultMs);
  }
  if (status < 400) return unavailable(`${reason} without a proper answer`);
  const hint = advice[status];
  return { kind: 'refused', reason: hint === undefined ? reason : `${reason}, ${hint}`, status };
}

function unavailable(reason: string, afterMs = AFTER_FAILURE_MS) {
  return { kind: 'unavailable', reason, afterMs } as const;
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
