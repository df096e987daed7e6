import { CommitlaneError } from '../errors/index.ts';

/** A commit did not end within `commit.deadlineMs`, or the function's time; the next delivery continues it. */
export class CommitDeadlineError extends CommitlaneError {
  override readonly name = 'CommitDeadlineError';
  readonly code = 'commit-deadline';

  constructor(deadlineMs: number) {
    super(
      `The commit did not end within ${deadlineMs} ms. What it did is kept, and the next delivery goes on from there.`,
      {
        retry: { retryable: true, afterMs: 0 },
      },
    );
  }
}

/** The log or an archive is not what the protocol allows: committing further could lose messages, so nothing is. */
export class ProtocolViolationError extends CommitlaneError {
  override readonly name = 'ProtocolViolationError';
  readonly code = 'protocol-violation';

  constructor(what: string) {
    super(`${what}. Nothing was changed. See docs/operations.md, "A session that cannot be committed".`);
  }
}
