import { CommitlaneError } from '../lib/errors/index.ts';

/** What somebody typed, or an address, cannot be understood. Nothing was done. */
export class InputError extends CommitlaneError {
  override readonly name = 'InputError';
  readonly code = 'console-input';
}

/** There is no such page, or what it was about is not kept any more. */
export class PageNotFoundError extends CommitlaneError {
  override readonly name = 'PageNotFoundError';
  readonly code = 'page-not-found';
}

/** The browser has not shown that it is the operator's. Nothing was done. */
export class NotSignedInError extends CommitlaneError {
  override readonly name = 'NotSignedInError';
  readonly code = 'not-signed-in';
}

/** The request does not come from a page of this console. Nothing was done. */
export class ForeignRequestError extends CommitlaneError {
  override readonly name = 'ForeignRequestError';
  readonly code = 'foreign-request';
}

/** It cannot be done now, or not any more. Nothing was done. */
export class ConflictError extends CommitlaneError {
  override readonly name = 'ConflictError';
  readonly code = 'conflict';
}

/** The stack took longer than a page may. */
export class PageTimeoutError extends CommitlaneError {
  override readonly name = 'PageTimeoutError';
  readonly code = 'page-timeout';

  constructor(ms: number) {
    super(
      `The stack has not answered in ${ms / 1000} s. Try again, or ask for less; doctor says which of its parts is slow.`,
    );
  }
}

/** Another program listens on the port. */
export class PortTakenError extends CommitlaneError {
  override readonly name = 'PortTakenError';
  readonly code = 'port-taken';

  constructor(port: number, cause: unknown) {
    super(
      `Port ${port} of 127.0.0.1 is taken, perhaps by another console: end that, or choose another with --port (0 takes any free one).`,
      { cause },
    );
  }
}
