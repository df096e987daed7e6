import type { PositionedMessage } from '../session-log/index.ts';

/** A piece of a conversation, as a model is to be sent it: a summary of archives, or a message as it was. */
export type ContextPart =
  | { readonly kind: 'summary'; readonly archive: number; readonly text: string }
  /** `covered` if a summary covers it, and it is here only for a call whose result is given. */
  | { readonly kind: 'message'; readonly message: PositionedMessage; readonly covered?: true }
  /** From this archive back nothing was read; `through` is its last position if it has no summary. */
  | { readonly kind: 'unread'; readonly archive: number; readonly through?: number };
