import type { CommitlaneClient } from '../../../lib/client/index.ts';
import type { StoredArchive, StoredSession } from './stored-session.ts';

/** Reads all that is stored of a session. It is a true picture only while no commit of the session runs. */
export async function readStoredSession(
  client: CommitlaneClient,
  sessionId: string,
  signal: AbortSignal,
): Promise<StoredSession> {
  const { scope, archiveCount } = await client.getSession(sessionId, { signal });
  const live = await Array.fromAsync(client.liveMessages(sessionId, { signal }));
  const archives: StoredArchive[] = [];
  for await (const archive of client.archives(sessionId, { signal })) {
    const messages = await Array.fromAsync(client.archivedMessages(sessionId, archive.archive, { signal }));
    archives.push({ ...archive, messages });
  }
  return { sessionId, scope, archiveCount, archives, live };
}
