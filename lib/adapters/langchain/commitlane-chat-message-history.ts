import { BaseListChatMessageHistory } from '@langchain/core/chat_history';
import type { BaseMessage } from '@langchain/core/messages';
import type { CommitlaneClient, SessionSettings } from '../../client/index.ts';
import { fromLangChain, toLangChain } from '../../messages/langchain/index.ts';
import { readForModel, type SessionContext } from '../context/index.ts';
import { type Generations, generations } from '../generations/index.ts';
import { appendHistory, defaultSettings } from '../history/index.ts';
import { fieldsOf, toMessage } from './messages/index.ts';

export interface CommitlaneChatMessageHistoryOptions {
  readonly client: CommitlaneClient;
  /** 1 to 112 characters out of A-Z a-z 0-9 . _ : @ + | - */
  readonly sessionId: string;
  /** What the session is created with, if it is not there; committed by the default policy unless given. */
  readonly settings?: SessionSettings;
  /**
   * `getMessages` gives what is remembered and the summaries as a system message, and then the messages that no summary
   * covers. Unless given, it gives all that was ever said.
   */
  readonly context?: SessionContext;
}

/**
 * A history of LangChain's that is a session of Commitlane. Messages come back as they were; a chunk, as the message that it
 * was put together to.
 *
 * `clear` deletes the session; the next one has an id of its own, `<id>|cleared-1`, and so on.
 *
 * All methods throw the client's errors, and HistoryNotReadableError when commits kept the session from being read.
 *
 * @example
 * const chain = new RunnableWithMessageHistory({
 *   runnable: prompt.pipe(model),
 *   getMessageHistory: (sessionId) => new CommitlaneChatMessageHistory({ client, sessionId }),
 *   inputMessagesKey: 'input',
 *   historyMessagesKey: 'history',
 * });
 */
export class CommitlaneChatMessageHistory extends BaseListChatMessageHistory {
  lc_namespace = ['commitlane', 'chat_history'];
  readonly #options: CommitlaneChatMessageHistoryOptions;
  readonly #session: Generations;

  constructor(options: CommitlaneChatMessageHistoryOptions) {
    super();
    this.#options = options;
    this.#session = generations(options.client, options.sessionId);
  }

  override async getMessages(): Promise<BaseMessage[]> {
    const { client, context } = this.#options;
    const messages = await this.#session.read((id) => readForModel(client, id, context));
    return messages.flatMap(toLangChain).map(toMessage);
  }

  override addMessage(message: BaseMessage): Promise<void> {
    return this.addMessages([message]);
  }

  /** Appends the messages as one, as far as an append holds them: 100 messages, and 256 KiB. */
  override async addMessages(messages: BaseMessage[]): Promise<void> {
    const { client, settings = defaultSettings } = this.#options;
    const toolNames = new Map<string, string>();
    const converted = messages.map((message) => fromLangChain(fieldsOf(message), toolNames));
    await this.#session.run((id) => appendHistory(client, id, converted, { settings }));
  }

  override clear(): Promise<void> {
    return this.#session.clear();
  }
}
