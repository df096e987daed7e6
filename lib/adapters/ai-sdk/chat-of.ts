import type { UIMessage } from 'ai';
import { partsOf } from '../../messages/index.ts';
import type { HistoryMessage } from '../history/index.ts';
import { foreignToUi } from './foreign-to-ui.ts';
import { partsToUi } from './ui-parts.ts';

/** What is kept of a UI message beside its parts, as `uiMessage` in the metadata. */
export interface UiNote {
  /** Of a version after the first: the id of the message. */
  readonly id?: string;
  /** The id of the message before it, when it was saved; `null` for the first. */
  readonly after: string | null;
  /** Messages whose place it takes: they were answers to the same, or followed what was changed. */
  readonly replaces?: readonly string[];
  /** The message's own. */
  readonly metadata?: unknown;
}

/** A message of a chat, in its newest version. */
export interface ChatEntry {
  readonly message: UIMessage;
  readonly after: string | null;
  readonly versions: number;
  /** Another has taken its place. */
  readonly isReplaced: boolean;
}

/** The chat that a session holds: id → message. One that was changed stands where its first version does. */
export function chatOf(history: readonly HistoryMessage[]): ReadonlyMap<string, ChatEntry> {
  const chat = new Map<string, ChatEntry>();
  for (const stored of history) {
    const before = [...chat.values()].map(({ message }) => message);
    const note = noteOf(stored);
    const message = note ? ownToUi(stored, note) : foreignToUi(stored, before);
    for (const id of note?.replaces ?? []) {
      const entry = chat.get(id);
      if (entry) chat.set(id, { ...entry, isReplaced: true });
    }
    if (!message) continue;
    const versions = (chat.get(message.id)?.versions ?? 0) + 1;
    const after = note ? note.after : (before.at(-1)?.id ?? null);
    chat.set(message.id, { message, after, versions, isReplaced: false });
  }
  return chat;
}

/** What is to be seen of a chat. */
export function shownOf(chat: ReadonlyMap<string, ChatEntry>): readonly ChatEntry[] {
  return [...chat.values()].filter(({ isReplaced }) => !isReplaced);
}

function noteOf({ metadata }: HistoryMessage): UiNote | undefined {
  const note = metadata?.['uiMessage'];
  return typeof note === 'object' && note !== null && 'after' in note
    ? (note as unknown as UiNote)
    : undefined;
}

function ownToUi({ id, role, content }: HistoryMessage, note: UiNote): UIMessage {
  return {
    id: note.id ?? id,
    role: role === 'tool' ? 'assistant' : role,
    ...(note.metadata !== undefined && { metadata: note.metadata }),
    parts: partsToUi(partsOf(content)),
  };
}
