import { CommitlaneError } from '../errors/index.ts';

/** The file that says what is to be extracted cannot be used; the message says what is wrong in it, field by field. */
export class ExtractionFileError extends CommitlaneError {
  override readonly name = 'ExtractionFileError';
  readonly code = 'extraction-file';

  constructor(file: string, reason: string, options: { cause?: unknown } = {}) {
    super(`${file} ${reason}`, options);
  }
}
