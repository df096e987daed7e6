import type { CallOptions, CommitlaneClient, SessionSettings } from '../../client/index.ts';

/**
 * Sees to it that there is a session. One that is there stays as it is, whatever `settings` say.
 *
 * @throws CommitlaneApiError with the code `session-deleted` for an id that is used up, and the client's other errors.
 */
export async function ensureSession(
  client: CommitlaneClient,
  sessionId: string,
  settings: SessionSettings = {},
  options: CallOptions = {},
): Promise<void> {
  await client.createSession(sessionId, settings, options);
}
