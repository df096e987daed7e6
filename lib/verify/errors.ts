import { CommitlaneError } from '../errors/index.ts';
import type { SessionKey } from '../session/index.ts';

/** The session is there, or never was: of neither can be said whether it is erased. */
export class SessionNotDeletedError extends CommitlaneError {
  override readonly name = 'SessionNotDeletedError';
  readonly code = 'session-not-deleted';

  /** @param isThere whether there is such a session. */
  constructor({ tenant, session }: SessionKey, isThere: boolean) {
    const advice = isThere
      ? `Delete it first, with DELETE /sessions/${session}?memories=true.`
      : `Tenant '${tenant}' never had such a session, or its mark was removed. Is the id right, and the tenant?`;
    super(`Session '${session}' was not deleted. ${advice}`);
  }
}
