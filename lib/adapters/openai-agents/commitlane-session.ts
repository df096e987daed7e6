import type { AgentInputItem, Session } from '@openai/agents';
import type { CommitlaneClient, SessionSettings } from '../../client/index.ts';
import { fromOpenAiAgents } from '../../messages/openai-agents/index.ts';
import { readContext, type SessionContext } from '../context/index.ts';
import { generations } from '../generations/index.ts';
import { appendHistory, defaultSettings } from '../history/index.ts';
import { newestItems } from './newest-items.ts';
import { popItem } from './pop-item.ts';
import { shownItems } from './shown-items.ts';

export interface CommitlaneSessionOptions {
  readonly client: CommitlaneClient;
  /** 1 to 112 characters out of A-Z a-z 0-9 . _ : @ + | - */
  readonly sessionId: string;
  /** What the session is created with, if it is not there; committed by the default policy unless given. */
  readonly settings?: SessionSettings;
  /**
   * `getItems()` gives what is remembered and the summaries as a system message, and then the messages that no summary
   * covers. Unless given, it gives all that was ever said.
   */
  readonly context?: SessionContext;
}

/**
 * A session of OpenAI's Agents SDK that is a session of Commitlane.
 *
 * `popItem` appends a mark, by which the item is no longer shown: its words stay stored, and may be summarised.
 * `clearSession` deletes the session; the next one has an id of its own, `<id>|cleared-1`, and so on.
 *
 * All methods throw the client's errors, and HistoryNotReadableError when commits kept the session from being read.
 *
 * @example
 * const session = commitlaneSession({ client, sessionId: 'chat-42', context: { tokenBudget: 8_000 } });
 * await run(agent, 'I prefer tea to coffee.', { session });
 */
export function commitlaneSession({
  client,
  sessionId,
  settings = defaultSettings,
  context,
}: CommitlaneSessionOptions): Session {
  const session = generations(client, sessionId);

  const addItems = (items: AgentInputItem[]) => {
    const messages = items.map(fromOpenAiAgents);
    return session.run(async (id) => {
      await appendHistory(client, id, messages, { settings });
    });
  };

  return {
    getSessionId: async () => sessionId,
    async getItems(limit) {
      if (limit !== undefined && limit <= 0) return [];
      const shown = await session.read((id) =>
        context && limit === undefined ? contextItems(client, id, context) : newestItems(client, id, limit),
      );
      return shown.map(({ item }) => item);
    },
    addItems,
    // The SDK reads no further back than the last compaction; what came before stays stored.
    replaceHistoryWithCompaction: addItems,
    async popItem() {
      const [popped] = await session.read((id) => popItem(client, id));
      return popped;
    },
    clearSession: session.clear,
  };
}

async function contextItems(client: CommitlaneClient, sessionId: string, context: SessionContext) {
  return shownItems(await readContext(client, sessionId, context));
}
