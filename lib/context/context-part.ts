import type { PositionedMessage } from '../session-log/index.ts';

/** A piece of a conversation, as a model is to be sent it: a summary of archives, or a message as it was. */
export type ContextPart =
  | { readonly kind: 'summary'; readonly archive: number; readonly text: string }
  | { readonly kind: 'message'; readonly message: PositionedMessage }
  /** From this archive back nothing was read; `through` is its last position if it has no summary. */
  | { readonly kind: 'unread'; readonly archive: number; readonly through?: number };
