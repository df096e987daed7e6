import type { CommitView } from '../../../lib/client/index.ts';
import type { Conversation } from '../conversation/conversation.ts';

/** What is new of a commit, as it is seen from outside. */
export interface CommitChange {
  readonly sessionId: string;
  readonly commit: CommitView;
  /** What its timeline has gained since it was last seen. */
  readonly news: CommitView['timeline'];
  /** How many messages its archive holds, once it has one. */
  readonly messageCount?: number;
}

/** Told of everything that a job does, as it does it. */
export interface JobReporter {
  /** A session is open; `storedMessages` of the conversation's messages are stored from an earlier run. */
  sessionOpened(conversation: Conversation, storedMessages: number): void;
  /** Another append is acknowledged. */
  appended(conversation: Conversation, messageCount: number): void;
  /** A request for a commit was answered; `existing` when the answer is a commit that was asked for before. */
  commitRequested(sessionId: string, commitId: string, existing: boolean): void;
  commitChanged(change: CommitChange): void;
  /** All is appended; the rest is waiting. */
  waiting(): void;
  /** Nothing is under way any more; what is stored is being read and compared. */
  verifying(): void;
}
