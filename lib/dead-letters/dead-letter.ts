import type { CommitMessage, FollowUpMessage } from '../queue/index.ts';

/** Which queue's dead letters. */
export const deadLetterKinds = ['commits', 'follow-ups'] as const;
export type DeadLetterKind = (typeof deadLetterKinds)[number];

/** A message that was given up, as its dead-letter queue has it. */
export interface DeadLetter {
  /** The same for every copy of it: its first message id on the dead-letter queue. */
  readonly id: string;
  readonly kind: DeadLetterKind;
  readonly group: string;
  readonly body: string;
  readonly content: DeadLetterContent;
  /** Given when it was dead-lettered at once; a message that ran out of deliveries has none. */
  readonly reason?: { readonly code: string; readonly message: string };
  /** When its first copy came to the dead-letter queue. */
  readonly deadSinceMs: number;
  /** Which passage through its queue has moved it last. */
  readonly passage?: string;
}

/** What a letter asks for, or why it cannot be understood. */
export type DeadLetterContent =
  | { readonly type: 'commit'; readonly message: CommitMessage }
  | { readonly type: 'follow-up'; readonly message: FollowUpMessage }
  | { readonly type: 'unreadable'; readonly problem: string };

/** A letter that is in flight: nobody else receives it, nor any other of its group, for `HOLD_MS`. */
export type HeldLetter = DeadLetter & { readonly receiptHandle: string };
