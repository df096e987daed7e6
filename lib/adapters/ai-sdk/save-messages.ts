import type { UIMessage } from 'ai';
import type { CommitlaneClient, SessionSettings } from '../../client/index.ts';
import { appendHistory, defaultSettings, hasCode, readHistory } from '../history/index.ts';
import { additions } from './additions.ts';
import { chatOf } from './chat-of.ts';

export interface SaveMessagesOptions {
  /** What the session is created with, if it is not there; committed by the default policy unless given. */
  readonly settings?: SessionSettings;
  readonly signal?: AbortSignal | undefined;
}

/** Another process may save other words under the same ids meanwhile. */
const MAX_ATTEMPTS = 3;

/**
 * Saves a chat: appends the messages that its session does not have, by their ids, and those that have changed, as new
 * versions. Nothing is taken away: former versions stay in the session, and `loadMessages` shows the last one. Saving the same
 * list again, or at the same time, appends nothing twice.
 *
 * @param messages the whole chat, as `onEnd` of `toUIMessageStream` has it. A message that is missing from the list is not
 * removed, unless one that is new takes its place: another answer to the same message, or what follows an edited one.
 * @throws CommitlaneUsageError for a message without an id; CommitlaneApiError with the code `append-too-large` for one of
 * more than 256 KiB, such as with a large file in it: give the file's address instead; the client's other errors.
 *
 * @example
 * toUIMessageStream({
 *   stream: result.stream,
 *   originalMessages: messages,
 *   onEnd: ({ messages }) => saveMessages(client, chatId, messages),
 * });
 */
export async function saveMessages(
  client: CommitlaneClient,
  chatId: string,
  messages: readonly UIMessage[],
  { settings = defaultSettings, signal }: SaveMessagesOptions = {},
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const chat = chatOf(await readHistory(client, chatId, { signal }));
    try {
      await appendHistory(client, chatId, additions(chat, messages), { settings, signal });
      return;
    } catch (error) {
      if (!hasCode(error, 'idempotency-key-reused') || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
