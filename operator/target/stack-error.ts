import { CommitlaneError } from '../../lib/errors/index.ts';

/** The stack cannot be found, or is not one of ours. */
export class StackError extends CommitlaneError {
  override readonly name = 'StackError';
  readonly code = 'stack';
}
