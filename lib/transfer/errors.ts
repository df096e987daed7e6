import { CommitlaneError } from '../errors/index.ts';

/** Somebody else wrote to the session after it was compared with its history. What was imported before stays. */
export class SessionDiffersError extends CommitlaneError {
  override readonly name = 'SessionDiffersError';
  readonly code = 'session-differs';

  constructor(session: string, reason: string) {
    super(`Session '${session}' was changed meanwhile: ${reason}. Its other messages were not imported.`);
  }
}
