import { CommitlaneError } from '../errors/index.ts';
import type { ClientOperation } from './client-routes.ts';
import type { CommitView, ProblemView } from './views.ts';

/** The call cannot be made as it is written: an option or an argument is wrong. Nothing was sent. */
export class CommitlaneUsageError extends CommitlaneError {
  override readonly name = 'CommitlaneUsageError';
  readonly code = 'invalid-usage';
}

/** The API answered with an error. `code` is the problem's own, stable code. */
export class CommitlaneApiError extends CommitlaneError {
  override readonly name = 'CommitlaneApiError';
  readonly status: number;
  readonly code: string;
  readonly problem: ProblemView;

  /**
   * @param details.retryAfterMs what the answer's Retry-After asked for.
   * @param details.attempt which try got this answer, from 1.
   */
  constructor(
    operation: ClientOperation,
    problem: ProblemView,
    details: { readonly retryAfterMs: number; readonly attempt: number },
  ) {
    super(`${operation} failed with ${describeProblem(problem)}${afterTries(details.attempt)}`, {
      retry: isTransient(problem.status)
        ? { retryable: true, afterMs: details.retryAfterMs }
        : { retryable: false },
    });
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
  }
}

/** Why an exchange gave no usable answer; only the first two are tried again. */
export type NetworkFailure = 'unreachable' | 'timeout' | 'unreadable-answer';

/** The API did not answer, or not in a form that can be read. Whether the request took effect is not known. */
export class CommitlaneNetworkError extends CommitlaneError {
  override readonly name = 'CommitlaneNetworkError';
  readonly code: NetworkFailure;

  constructor(
    operation: ClientOperation,
    failure: NetworkFailure,
    details: { readonly explanation: string; readonly attempt: number; readonly cause?: unknown },
  ) {
    super(`${operation} failed: ${details.explanation}${afterTries(details.attempt)}`, {
      ...('cause' in details && { cause: details.cause }),
      retry: failure === 'unreadable-answer' ? { retryable: false } : { retryable: true, afterMs: 0 },
    });
    this.code = failure;
  }
}

/** A watched commit had not come to an end in time. It goes on without being watched. */
export class CommitWatchTimeoutError extends CommitlaneError {
  override readonly name = 'CommitWatchTimeoutError';
  readonly code = 'commit-watch-timeout';
  /** The commit as it was last seen. */
  readonly commit: CommitView;

  constructor(commit: CommitView, timeoutMs: number) {
    super(
      `Commit ${commit.commitId} was still ${commit.state} after ${timeoutMs} ms of watching. It continues: watch it again, or raise timeoutMs.`,
      { retry: { retryable: true, afterMs: 0 } },
    );
    this.commit = commit;
  }
}

const advice: Readonly<Record<number, string>> = {
  401: 'Check that the token is valid, not expired, and meant for this API.',
  403: 'Check that the token is allowed to do this.',
  429: 'Send fewer requests at a time, or try again later.',
};

function describeProblem({ status, title, code, detail }: ProblemView): string {
  const hint = advice[status] ?? (status >= 500 ? 'The request may be repeated later.' : '');
  return `${status} ${title} (${code}): ${detail}${hint && ` ${hint}`}`;
}

function isTransient(status: number): boolean {
  return status === 429 || status >= 500;
}

function afterTries(attempt: number): string {
  return attempt > 1 ? ` (try ${attempt})` : '';
}
