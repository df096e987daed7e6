import type { UIMessage } from 'ai';
import type { CommitlaneClient } from '../../client/index.ts';
import { type ReadHistoryOptions, readHistory } from '../history/index.ts';
import { chatOf, shownOf } from './chat-of.ts';

/**
 * The messages of a chat, for `useChat({ id: chatId, messages })`: as `saveMessages` was given them, or, where the middleware or
 * somebody else has appended them, as UI messages that say the same. Answers that were generated again, and what was edited,
 * are there in their last form alone.
 *
 * @param options.limit only so many of the newest messages that are stored, versions included.
 * @returns an empty list for a chat that is new.
 * @throws HistoryNotReadableError when commits kept it from being read; the client's errors.
 *
 * @example
 * const messages = await loadMessages(client, chatId);
 */
export async function loadMessages<Message extends UIMessage = UIMessage>(
  client: CommitlaneClient,
  chatId: string,
  options: ReadHistoryOptions = {},
): Promise<Message[]> {
  const chat = chatOf(await readHistory(client, chatId, options));
  return shownOf(chat).map(({ message }) => message as Message);
}
