import type { CommitlaneClient } from '../../client/index.ts';
import { readHistory, readHistoryUntil } from '../history/index.ts';
import { type ShownItem, shownItems } from './shown-items.ts';

/** The newest items of a session, at most `limit` of them, in order. */
export async function newestItems(
  client: CommitlaneClient,
  sessionId: string,
  limit: number | undefined,
): Promise<readonly ShownItem[]> {
  if (limit === undefined) return shownItems(await readHistory(client, sessionId));
  const messages = await readHistoryUntil(client, sessionId, (newest) => shownItems(newest).length >= limit);
  return shownItems(messages).slice(-limit);
}
