import { CommitlaneError } from '../errors/index.ts';

/** A stored archive is not what it was when it was written. Nothing was changed; the session's log may still tell. */
export class ArchiveCorruptError extends CommitlaneError {
  override readonly name = 'ArchiveCorruptError';
  readonly code = 'archive-corrupt';

  constructor(what: string, options: { cause?: unknown } = {}) {
    super(`The archive is damaged: ${what}.`, options);
  }
}

/** The session has fewer archives. */
export class ArchiveNotFoundError extends CommitlaneError {
  override readonly name = 'ArchiveNotFoundError';
  readonly code = 'archive-not-found';

  constructor(session: string, archive: number) {
    super(`Session '${session}' has no archive ${archive}, or it is still being written.`);
  }
}
