import type { ApiRequest } from './api-request.ts';
import { CommitlaneUsageError } from './errors.ts';

/** @throws CommitlaneUsageError, which never shows the token, for what a header cannot carry. */
export function requestHeaders(request: ApiRequest, token: string): Record<string, string> {
  if (!isHeaderValue(token)) {
    throw new CommitlaneUsageError(
      'The token is empty or has characters that are not allowed in a bearer token.',
    );
  }
  const { idempotencyKey } = request;
  if (idempotencyKey !== undefined && !isHeaderValue(idempotencyKey)) {
    throw new CommitlaneUsageError(
      `The idempotency key ${JSON.stringify(idempotencyKey)} must be visible ASCII characters without spaces.`,
    );
  }
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json, application/problem+json',
    ...(request.body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
}

function isHeaderValue(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
