import { CommitlaneError } from '../errors/index.ts';

/** A stored archive is not what it was when it was written. Nothing was changed; the session's log may still tell. */
export class ArchiveCorruptError extends CommitlaneError {
  override readonly name = 'ArchiveCorruptError';
  readonly code = 'archive-corrupt';

  constructor(what: string, options: { cause?: unknown } = {}) {
    super(`The archive is damaged: ${what}.`, options);
  }
}
