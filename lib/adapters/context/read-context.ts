import type { CommitlaneClient } from '../../client/index.ts';
import type { CanonicalMessage } from '../../messages/index.ts';
import { hasCode, readHistory } from '../history/index.ts';

/** What a model is given in place of the whole history. */
export interface SessionContext {
  /** 1 to 2 000 000; 16 000 unless given. */
  readonly tokenBudget?: number;
  /** Of the budget, at most so much for memories: 0 (none) to 0.5; 0.2 unless given. */
  readonly memoryShare?: number;
}

/** What is remembered and the summaries as a system message, then the messages. Nothing where there is no session. */
export async function readContext(
  client: CommitlaneClient,
  sessionId: string,
  context: SessionContext,
): Promise<readonly CanonicalMessage[]> {
  try {
    const { messages } = await client.getContextMessages(sessionId, context);
    return messages;
  } catch (error) {
    if (hasCode(error, 'session-not-found')) return [];
    throw error;
  }
}

/** What a model is given: the context, if one is wanted, else all that was ever said. */
export function readForModel(
  client: CommitlaneClient,
  sessionId: string,
  context: SessionContext | undefined,
): Promise<readonly CanonicalMessage[]> {
  return context ? readContext(client, sessionId, context) : readHistory(client, sessionId);
}
