import { CommitlaneError } from '../lib/errors/index.ts';

/** A file that cannot be measured with. Nothing was played. */
export class InvalidFileError extends CommitlaneError {
  override readonly name = 'InvalidFileError';
  readonly code = 'invalid-evaluation-file';

  constructor(path: string, problem: string, options: { cause?: unknown } = {}) {
    super(`${path}: ${problem}`, options);
  }
}
