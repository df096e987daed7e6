import type { AgentInputItem } from '@openai/agents';
import type { CommitlaneClient } from '../../client/index.ts';
import { appendHistory, HistoryNotReadableError, hasCode } from '../history/index.ts';
import { newestItems } from './newest-items.ts';
import { nameOf, takingBack } from './shown-items.ts';

/** How many items others may take while one is looked for. */
const MAX_ATTEMPTS = 100;

/**
 * Takes the newest item back: appends a mark that names it. Whoever takes an item back at the same time gets another one,
 * and a mark whose answer was lost is known again.
 *
 * @returns the item, if there is one.
 * @throws HistoryNotReadableError when others took back 100 items meanwhile; the client's errors.
 */
export async function popItem(
  client: CommitlaneClient,
  sessionId: string,
): Promise<readonly AgentInputItem[]> {
  const by = crypto.randomUUID();
  const others = new Set<string>();
  while (others.size < MAX_ATTEMPTS) {
    const items = await newestItems(client, sessionId, others.size + 1);
    const last = items.findLast((shown) => !others.has(nameOf(shown)));
    if (!last) return [];
    try {
      await appendHistory(client, sessionId, [takingBack(last, by)]);
      return [last.item];
    } catch (error) {
      if (!hasCode(error, 'idempotency-key-reused')) throw error;
      others.add(nameOf(last));
    }
  }
  throw new HistoryNotReadableError(sessionId, `others took back ${MAX_ATTEMPTS} items meanwhile`);
}
