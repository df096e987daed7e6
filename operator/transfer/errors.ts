import { CommitlaneError } from '../../lib/errors/index.ts';

/** More of them would help nobody. */
const MAX_PROBLEMS = 20;

/** The files cannot be imported as they are. Nothing was written. */
export class InvalidImportError extends CommitlaneError {
  override readonly name = 'InvalidImportError';
  readonly code = 'invalid-import';

  /** At most 20, each with its file and line, then how many more there are. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    const more = problems.length - MAX_PROBLEMS;
    const shown = [...problems.slice(0, MAX_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])];
    super(`This cannot be imported, and nothing was written: ${shown.join('; ')}.`, options);
    this.problems = shown;
  }
}

/** Somebody wrote to a file while it was imported. What was imported before stays. */
export class FileChangedError extends CommitlaneError {
  override readonly name = 'FileChangedError';
  readonly code = 'file-changed';

  constructor(file: string) {
    super(`${file} was changed while it was imported. Import it again when nobody writes to it any more.`);
  }
}
