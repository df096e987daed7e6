import { CommitlaneError } from '../lib/errors/index.ts';

/** An argument is wrong in a way that its schema cannot say. Nothing was done. */
export class InvalidArgumentError extends CommitlaneError {
  override readonly name = 'InvalidArgumentError';
  readonly code = 'invalid-argument';

  /** @param problem goes on the name of the argument. */
  constructor(argument: string, problem: string) {
    super(`${argument}: ${problem}.`);
  }
}

/** The session is there, and feeds the memories of another scope than the one that is meant. Nothing was done. */
export class OtherScopeError extends CommitlaneError {
  override readonly name = 'OtherScopeError';
  readonly code = 'other-scope';

  constructor(session: string, scope: string) {
    super(
      `Session '${session}' is not of scope '${scope}'. Choose a session of that scope, or open a new one.`,
    );
  }
}

/** Another program listens on the port. */
export class PortTakenError extends CommitlaneError {
  override readonly name = 'PortTakenError';
  readonly code = 'port-taken';

  constructor(port: number, cause: unknown) {
    super(
      `Port ${port} of 127.0.0.1 is taken, perhaps by another server of yours: end that, or choose another with --port (0 takes any free one).`,
      { cause },
    );
  }
}

/** As many calls are running as the server runs at once. Nothing was done. */
export class TooManyCallsError extends CommitlaneError {
  override readonly name = 'TooManyCallsError';
  readonly code = 'too-many-calls';

  constructor(maxCalls: number) {
    super(`${maxCalls} calls are running, and no more run at once. Call again when one of them has ended.`, {
      retry: { retryable: true, afterMs: 0 },
    });
  }
}
