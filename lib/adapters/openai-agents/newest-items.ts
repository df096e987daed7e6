import type { CommitlaneClient } from '../../client/index.ts';
import { readHistory } from '../history/index.ts';
import { type ShownItem, shownItems } from './shown-items.ts';

/** The newest items of a session, at most `limit` of them, in order. */
export async function newestItems(
  client: CommitlaneClient,
  sessionId: string,
  limit: number | undefined,
): Promise<readonly ShownItem[]> {
  if (limit === undefined) return shownItems(await readHistory(client, sessionId));
  // An item that was taken back counts as a message, and so does its mark.
  for (let wanted = limit; ; wanted *= 2) {
    const messages = await readHistory(client, sessionId, { limit: wanted });
    const items = shownItems(messages);
    if (items.length >= limit || messages.length < wanted) return items.slice(-limit);
  }
}
