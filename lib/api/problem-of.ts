import { CommitlaneError } from '../errors/index.ts';
import { MessageIdReusedError } from '../session-log/index.ts';
import { InvalidInputError, SecretInMemoryError } from './errors.ts';
import { problemStatuses } from './problem-statuses.ts';
import type { ProblemView } from './views/index.ts';

const statuses: Readonly<Record<string, number>> = problemStatuses;

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  403: 'The caller has no access',
  404: 'Not found',
  409: 'The state does not allow it',
  410: 'Gone',
  413: 'Too large',
  422: 'The request contradicts an earlier one',
  500: 'Something went wrong on our side',
  503: 'Try again',
};

/** The fields at fault of errors that name none themselves. */
const fieldsByCode: Readonly<Record<string, string>> = {
  'malformed-json': 'body',
  'body-not-utf8': 'body',
  'body-too-large': 'body',
  'append-too-large': 'messages',
  'session-not-found': 'sessionId',
  'session-deleted': 'sessionId',
  'commit-not-found': 'commitId',
  'archive-not-found': 'archive',
  'extraction-gone': 'apply',
  'message-not-found': 'messageId',
  'memory-not-found': 'key',
  'memory-not-forgotten': 'key',
  'idempotency-key-reused': 'Idempotency-Key',
};

export interface Problem {
  readonly view: ProblemView;
  /** When the caller may try again, in whole seconds; absent when that would not help. */
  readonly retryAfterS?: number;
}

/** What the caller is told of an error (RFC 9457). An unexpected one keeps its details for the logs. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof CommitlaneError) || statuses[error.code] === undefined) {
    return {
      view: problemView(500, 'internal-error', 'The request failed. Its request id is in the logs.'),
    };
  }
  const { code, message, retry } = error;
  const status = statuses[code] ?? 500;
  const field = fieldOf(error);
  const errors =
    error instanceof InvalidInputError
      ? error.fields
      : field !== undefined
        ? [{ field, message }]
        : undefined;
  return {
    view: { ...problemView(status, code, message), ...(errors && { errors }) },
    ...(status === 503 && retry.retryable && { retryAfterS: Math.max(1, Math.ceil(retry.afterMs / 1000)) }),
  };
}

function fieldOf(error: CommitlaneError): string | undefined {
  if (error instanceof MessageIdReusedError) return 'messages';
  return error instanceof SecretInMemoryError ? error.field : fieldsByCode[error.code];
}

function problemView(status: number, code: string, detail: string): ProblemView {
  return {
    type: `urn:commitlane:problem:${code}`,
    title: titles[status] ?? 'Error',
    status,
    code,
    detail,
  };
}
