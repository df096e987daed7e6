import { CommitlaneError } from '../errors/index.ts';

/** The request is wrong as it is. Nothing was sent. */
export class InvalidEnqueueError extends CommitlaneError {
  override readonly name = 'InvalidEnqueueError';
  readonly code = 'invalid-usage';
}
