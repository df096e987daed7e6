import type { ApiRequest } from './api-request.ts';
import { CommitlaneUsageError } from './errors.ts';

/** @throws CommitlaneUsageError, which never shows the token, for what a header cannot carry. */
export function requestHeaders(request: ApiRequest, token: string): Record<string, string> {
  if (!isHeaderValue(token)) {
    throw new CommitlaneUsageError(
      'The token is empty or has characters that are not allowed in a bearer token.',
    );
  }
  const { idempotencyKey, lastEventId } = request;
  requireHeaderValue('idempotency key', idempotencyKey);
  requireHeaderValue('lastEventId', lastEventId);
  return {
    authorization: `Bearer ${token}`,
    accept: `application/problem+json, ${request.operation === 'events' ? 'text/event-stream' : 'application/json'}`,
    ...(request.body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
}

function requireHeaderValue(name: string, value: string | undefined): void {
  if (value === undefined || isHeaderValue(value)) return;
  throw new CommitlaneUsageError(
    `The ${name} ${JSON.stringify(value)} must be visible ASCII characters without spaces.`,
  );
}

function isHeaderValue(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
