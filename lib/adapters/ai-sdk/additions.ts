import type { UIMessage } from 'ai';
import { CommitlaneUsageError, type NewMessage } from '../../client/index.ts';
import type { JsonObject } from '../../messages/index.ts';
import { type ChatEntry, shownOf, type UiNote } from './chat-of.ts';
import { plainJson } from './plain-json.ts';
import { partsFromUi } from './ui-parts.ts';

/**
 * What is to be appended so that a chat holds these messages: those that it does not have, and those that have changed, as a
 * new version.
 *
 * The first of them takes the place of others. An answer of the assistant's: of other answers to the same message. A user's
 * that was edited: of what followed it. And of what followed these, unless it is among `messages`. A user's new message
 * takes nobody's place: somebody else may go on with the same chat at the same time.
 *
 * @throws CommitlaneUsageError for a message without an id.
 */
export function additions(
  chat: ReadonlyMap<string, ChatEntry>,
  messages: readonly UIMessage[],
): readonly NewMessage[] {
  const plain = plainJson(messages);
  const changed = plain.flatMap((message, index) => {
    if (message.id === '') throw new CommitlaneUsageError(WITHOUT_ID);
    const known = chat.get(message.id);
    if (known && isSame(known.message, message)) return [];
    return [{ message, known, after: plain[index - 1]?.id ?? null }];
  });
  return changed.map(({ message, known, after }, index) => {
    const replaces = index === 0 ? replacedBy(chat, plain, { message, after }) : [];
    return toStored(message, known?.versions ?? 0, {
      after,
      ...(replaces.length > 0 && { replaces }),
      ...(message.metadata !== undefined && { metadata: message.metadata }),
    });
  });
}

const WITHOUT_ID =
  'A message of the assistant has no id. Pass originalMessages or generateMessageId to toUIMessageStream, so that it has one.';

function toStored({ id, role, parts }: UIMessage, versions: number, note: UiNote): NewMessage {
  const uiMessage = { ...(versions > 0 && { id }), ...note } as unknown as JsonObject;
  return {
    id: versions > 0 ? `${id}@${versions + 1}` : id,
    role,
    content: partsFromUi(parts),
    metadata: { uiMessage },
  };
}

function replacedBy(
  chat: ReadonlyMap<string, ChatEntry>,
  messages: readonly UIMessage[],
  { message, after }: { readonly message: UIMessage; readonly after: string | null },
): readonly string[] {
  const kept = new Set(messages.map(({ id }) => id));
  const gone = new Set<string>();
  for (const { message: one, after: before } of shownOf(chat)) {
    if (kept.has(one.id)) continue;
    const isOtherAnswer = message.role === 'assistant' && one.role === 'assistant' && before === after;
    const isEdited = message.role === 'user' && before === message.id;
    const follows = before !== null && gone.has(before);
    if (isOtherAnswer || isEdited || follows) gone.add(one.id);
  }
  return [...gone];
}

function isSame(one: UIMessage, other: UIMessage): boolean {
  return inOrder(one) === inOrder(other);
}

/** As JSON, with the fields of objects in the order of their names. */
function inOrder({ role, parts, metadata }: UIMessage): string {
  return JSON.stringify({ role, parts, metadata }, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
