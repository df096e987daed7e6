import type { CommitlaneClient, NewMessage, SessionSettings } from '../../client/index.ts';
import { ensureSession } from './ensure-session.ts';
import { hasCode } from './has-code.ts';
import { inAppends } from './in-appends.ts';
import { requirePlainJson } from './require-plain-json.ts';

export interface AppendHistoryOptions {
  /** What the session is created with, if it is not there. */
  readonly settings?: SessionSettings | undefined;
  /** Ends the call; it then throws the signal's reason. What was appended stays. */
  readonly signal?: AbortSignal | undefined;
  /** Makes ids: at most 128 characters out of A-Z a-z 0-9 . _ : @ + | - */
  readonly newId?: () => string;
}

/**
 * Appends any number of messages, in order, to a session that is created if it is not there.
 *
 * A message with an id is stored once in 12 hours, however often, and with whatever others, this is called. Messages
 * without are stored once for each call: the client's retries repeat the call as it was. Messages go in as many appends
 * as it takes, 100 messages or 256 KiB of JSON each; if one fails, those before it stay, and those behind it are not sent.
 *
 * @returns the ids of the messages, in order.
 * @throws CommitlaneApiError with the code `idempotency-key-reused` for an id that stands for another message;
 * CommitlaneUsageError for what JSON would alter; the client's other errors.
 */
export async function appendHistory(
  client: CommitlaneClient,
  sessionId: string,
  messages: readonly NewMessage[],
  { settings, signal, newId = () => crypto.randomUUID() }: AppendHistoryOptions = {},
): Promise<readonly string[]> {
  requirePlainJson(messages, 'messages');
  const append = async (batch: readonly NewMessage[]) => {
    const { messageIds } = await client.append(sessionId, batch, { signal });
    return messageIds;
  };
  const ids: string[] = [];
  for (const batch of inAppends(withIdsIfAny(messages, newId))) {
    try {
      ids.push(...(await append(batch)));
    } catch (error) {
      if (!hasCode(error, 'session-not-found')) throw error;
      await ensureSession(client, sessionId, settings, { signal });
      ids.push(...(await append(batch)));
    }
  }
  return ids;
}

/** The API looks at ids only where all messages of an append have one. */
function withIdsIfAny(messages: readonly NewMessage[], newId: () => string): readonly NewMessage[] {
  if (messages.every(({ id }) => id === undefined)) return messages;
  return messages.map((message) => ({ ...message, id: message.id ?? newId() }));
}
