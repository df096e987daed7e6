import { CommitlaneError } from '../errors/index.ts';
import type { SessionKey } from '../session/index.ts';

/** A commit did not end within `commit.deadlineMs`, or the function's time; the next delivery continues it. */
export class CommitDeadlineError extends CommitlaneError {
  override readonly name = 'CommitDeadlineError';
  readonly code = 'commit-deadline';

  constructor(deadlineMs: number) {
    super(
      `The commit did not end within ${deadlineMs} ms. Its progress is kept, and the next delivery continues from there.`,
      {
        retry: { retryable: true, afterMs: 0 },
      },
    );
  }
}

/**
 * The log or an archive is not what the protocol allows, and committing further could lose messages: the commit stops,
 * and what it has written stays.
 */
export class ProtocolViolationError extends CommitlaneError {
  override readonly name = 'ProtocolViolationError';
  readonly code = 'protocol-violation';

  constructor({ tenant, session }: SessionKey, what: string) {
    super(
      `${what}. The commit has stopped; what is there stays. To see what is wrong, run: commitlane verify ${session} ` +
        `--tenant ${tenant}. See docs/operations.md, "A session that cannot be committed".`,
    );
  }
}
