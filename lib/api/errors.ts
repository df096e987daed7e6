import { CommitlaneError } from '../errors/index.ts';

export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** The request is not what the operation takes. Nothing was done. */
export class InvalidInputError extends CommitlaneError {
  override readonly name = 'InvalidInputError';
  readonly code = 'invalid-input';
  readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    super(fields.map(({ field, message }) => `${field}: ${message}`).join('; '));
    this.fields = fields;
  }
}

/** The request's body is not JSON. Nothing was done. */
export class MalformedJsonError extends CommitlaneError {
  override readonly name = 'MalformedJsonError';
  readonly code = 'malformed-json';

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The body must be a JSON document in UTF-8; it is not: ${reason}`, { cause });
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

/** The session was deleted: its id is not used again, so that nothing late can end up in a new session. */
export class SessionDeletedError extends CommitlaneError {
  override readonly name = 'SessionDeletedError';
  readonly code = 'session-deleted';

  constructor(session: string) {
    super(`Session '${session}' was deleted. Create a session with another id.`);
  }
}
