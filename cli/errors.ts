import { CommitlaneError } from '../lib/errors/index.ts';

/** The command line is not one that can be run. Nothing was done. */
export class UsageError extends CommitlaneError {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

/** There is nothing of that name. */
export class NotFoundError extends CommitlaneError {
  override readonly name = 'NotFoundError';
  readonly code = 'not-found';
}
