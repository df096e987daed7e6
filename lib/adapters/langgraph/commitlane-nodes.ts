import type { BaseMessage } from '@langchain/core/messages';
import { type CommitlaneClient, CommitlaneUsageError, type SessionSettings } from '../../client/index.ts';
import { fromLangChain, toLangChain } from '../../messages/langchain/index.ts';
import { readForModel, type SessionContext } from '../context/index.ts';
import { generations } from '../generations/index.ts';
import { appendHistory, defaultSettings } from '../history/index.ts';
import { fieldsOf, toMessage } from '../langchain/messages/index.ts';
import { withOwnId } from './with-own-id.ts';

export interface CommitlaneNodesOptions {
  readonly client: CommitlaneClient;
  /** What a session is created with, if it is not there; committed by the default policy unless given. */
  readonly settings?: SessionSettings;
  /**
   * `loadContext` gives what is remembered and the summaries as a system message, and then the messages that no summary
   * covers. Unless given, it gives all that was ever said.
   */
  readonly context?: SessionContext;
}

/** What the nodes need of a graph's state: `CommitlaneState`, or one that has its fields. */
interface NodeState {
  readonly messages: BaseMessage[];
  readonly stored: string[];
}

/** What the nodes need of the configuration of a run. */
interface NodeConfig {
  readonly configurable?: { readonly [name: string]: unknown };
}

/** Two nodes of a LangGraph graph, whose thread is a session of Commitlane: `thread_id` is its id. */
export interface CommitlaneNodes {
  /** Reads what comes before the messages of the state, into `context`. Put it first. */
  loadContext(state: NodeState, config: NodeConfig): Promise<{ context: BaseMessage[] }>;
  /** Appends the messages of the state that are not stored yet, as one. Put it last, or after each step that must not be lost. */
  saveMessages(state: NodeState, config: NodeConfig): Promise<{ stored: string[] }>;
}

/**
 * A node that loads, and one that saves. Each message is stored once, by the id that LangGraph gives it, also when a node
 * runs again after an error, within 12 hours. What was said stays: a message that is changed or removed in the state later is
 * neither changed nor removed here.
 *
 * Both throw the client's errors, HistoryNotReadableError when commits kept the session from being read, and
 * CommitlaneUsageError for a run without `thread_id`.
 *
 * @example
 * const { loadContext, saveMessages } = commitlaneNodes({ client, context: { tokenBudget: 8_000 } });
 * const graph = new StateGraph(CommitlaneState)
 *   .addNode('load', loadContext)
 *   .addNode('answer', async ({ context, messages }) => ({ messages: [await model.invoke([...context, ...messages])] }))
 *   .addNode('save', saveMessages)
 *   .addEdge(START, 'load').addEdge('load', 'answer').addEdge('answer', 'save').addEdge('save', END)
 *   .compile();
 * await graph.invoke({ messages: [new HumanMessage('Hello.')] }, { configurable: { thread_id: 'chat-42' } });
 */
export function commitlaneNodes({
  client,
  settings = defaultSettings,
  context,
}: CommitlaneNodesOptions): CommitlaneNodes {
  return {
    async loadContext({ messages }, config) {
      const present = new Set(messages.map(({ id }) => id));
      const session = generations(client, threadOf(config));
      const before = await session.read((id) => readForModel(client, id, context));
      const told = before.flatMap(toLangChain).map(toMessage);
      return { context: told.filter(({ id }) => id === undefined || !present.has(id)) };
    },
    async saveMessages({ messages, stored }, config) {
      const known = new Set(stored);
      const fresh = messages.filter(({ id }) => id === undefined || !known.has(id));
      const toolNames = new Map<string, string>();
      const converted = fresh.map((message) =>
        withOwnId(fromLangChain(fieldsOf(message), toolNames), message.id),
      );
      const session = generations(client, threadOf(config));
      await session.run((id) => appendHistory(client, id, converted, { settings }));
      return { stored: messages.flatMap(({ id }) => id ?? []) };
    },
  };
}

function threadOf({ configurable }: NodeConfig): string {
  const thread = configurable?.['thread_id'];
  if (typeof thread === 'string' && thread !== '') return thread;
  throw new CommitlaneUsageError(
    "The run has no thread_id, which is the session's id. Pass it with the run: { configurable: { thread_id: 'chat-42' } }.",
  );
}
