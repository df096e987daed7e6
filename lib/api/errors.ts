import { CommitlaneError } from '../errors/index.ts';
import type { SessionKey } from '../session/index.ts';

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
    super(summaryOf(fields));
    this.fields = fields;
  }
}

/** The fields are in the answer one by one as well, so that the first ones will do. */
const SUMMARISED = 3;

function summaryOf(fields: readonly FieldProblem[]): string {
  const first = fields.slice(0, SUMMARISED).map(({ field, message }) => `${field}: ${message}`);
  const more = fields.length - first.length;
  return [...first, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** The request's body is not JSON. Nothing was done. */
export class MalformedJsonError extends CommitlaneError {
  override readonly name = 'MalformedJsonError';
  readonly code = 'malformed-json';

  constructor(reason: string) {
    super(`The body must be a JSON document in UTF-8; it is not: ${reason}.`);
  }
}

/** The request's body is no UTF-8 text: it could be stored only with other characters in it. Nothing was done. */
export class BodyNotUtf8Error extends CommitlaneError {
  override readonly name = 'BodyNotUtf8Error';
  readonly code = 'body-not-utf8';

  constructor() {
    super(
      'The body must be a JSON document in UTF-8; its bytes are not UTF-8. Encode it again, and send that.',
    );
  }
}

/** The request's body is larger than any that the operation takes. Nothing was done. */
export class BodyTooLargeError extends CommitlaneError {
  override readonly name = 'BodyTooLargeError';
  readonly code = 'body-too-large';

  constructor(bytes: number, maxBytes: number) {
    super(`The body is ${bytes} bytes; at most ${maxBytes} are accepted.`);
  }
}

/** There is no such operation. Nothing was done. */
export class RouteNotFoundError extends CommitlaneError {
  override readonly name = 'RouteNotFoundError';
  readonly code = 'route-not-found';

  constructor() {
    super('The API has no such operation. Check the method and the path.');
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

/** What a person enters looks like a secret, such as a key or a card number. Nothing was done. */
export class SecretInMemoryError extends CommitlaneError {
  override readonly name = 'SecretInMemoryError';
  readonly code = 'secret-in-memory';
  readonly field: string;

  /** @param kinds what it looks like, such as `card number`; never the secret. */
  constructor(field: string, kinds: readonly string[]) {
    super(
      `The ${field} looks as if it held a secret (${kinds.join(', ')}). Memories are shown to models, so they must hold none. Leave it out; if it is none, say it in other words.`,
    );
    this.field = field;
  }
}

/** The session would have more former scopes than are kept. Nothing was done. */
export class TooManyScopesError extends CommitlaneError {
  override readonly name = 'TooManyScopesError';
  readonly code = 'too-many-scopes';

  constructor({ session }: SessionKey, most: number) {
    super(
      `Session '${session}' has fed ${most + 1} scopes, and no more are allowed: what it said must be found again when it is deleted. Create another session for another scope.`,
    );
  }
}

/** Others kept changing the session's scope. Nothing was done. */
export class ScopeContendedError extends CommitlaneError {
  override readonly name = 'ScopeContendedError';
  readonly code = 'scope-contended';

  constructor({ session }: SessionKey, attempts: number) {
    super(
      `Others changed the scope of session '${session}' during each of ${attempts} attempts to change it.`,
      {
        retry: { retryable: true, afterMs: 500 },
      },
    );
  }
}
