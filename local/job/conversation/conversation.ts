import type { NewMessage } from '../../../lib/session/index.ts';

/** A message with the id that the job gives it: the same in every run on the same file. */
export type ConversationMessage = NewMessage & { readonly id: string };

/** A file of messages, to be played into one session. */
export interface Conversation {
  /** The file's name without its ending. */
  readonly name: string;
  /** The same in every run on the same file; another one when the file has changed. */
  readonly sessionId: string;
  readonly messages: readonly ConversationMessage[];
}
