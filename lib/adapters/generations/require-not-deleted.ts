import type { CommitlaneClient } from '../../client/index.ts';
import { hasCode } from '../history/index.ts';

/**
 * Tells a session that was deleted from one that is there, and from one that is not there yet.
 *
 * @throws CommitlaneApiError with the code `session-deleted`, and the client's other errors.
 */
export async function requireNotDeleted(client: CommitlaneClient, sessionId: string): Promise<void> {
  if (await isThere(client, sessionId)) return;
  try {
    // Of all that can be asked of a session, this is what says that it was deleted, and writes nothing.
    await client.findMessage(sessionId, 'none');
  } catch (error) {
    if (!hasCode(error, 'session-not-found') && !hasCode(error, 'message-not-found')) throw error;
  }
}

async function isThere(client: CommitlaneClient, sessionId: string): Promise<boolean> {
  try {
    await client.getSession(sessionId, { limit: 1 });
    return true;
  } catch (error) {
    if (!hasCode(error, 'session-not-found')) throw error;
    return false;
  }
}
