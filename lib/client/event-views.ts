// What events say, made from their schemas by `npm run docs`: types alone, so that a client's need no library.
import type { MemoryCategory } from '../memory/index.ts';
import type { AuthorView } from './views.ts';

/** Something became of a commit. */
export interface CommitEvent {
  /** What became of the commit: `commit.` and its state. It is the `detail-type`, too. */
  readonly type: 'commit.archived' | 'commit.completed' | 'commit.dead-lettered' | 'commit.empty' | 'commit.skipped' | 'commit.cancelled';
  /** The same whenever this event is delivered again, and that of no other event: 32 hexadecimal digits. */
  readonly id: string;
  /** Orders the events of a session's commits, and those of a scope's memories: 41 digits, so that texts sort as numbers. */
  readonly sequence: string;
  /** The form of this detail. */
  readonly version: 1;
  /** Whose session or memory it is. */
  readonly tenant: string;
  /** When it happened. */
  readonly at: string;
  /** The session. */
  readonly session: string;
  /** The commit's id. */
  readonly commitId: string;
  /** The archive that holds the messages, once there is one. */
  readonly archive?: number;
  /** When the commit was requested. */
  readonly requestedAt: string;
  /** Why somebody wanted it, in their words. */
  readonly reason?: string;
  /** Why, where it is not plain success, such as of `commit.dead-lettered`; at most 300 characters. */
  readonly detail?: string;
}

/** A memory appeared, says something else, or is gone. */
export interface MemoryEvent {
  /** It is the `detail-type`, too. */
  readonly type: 'memory.changed';
  /** The same whenever this event is delivered again, and that of no other event: 32 hexadecimal digits. */
  readonly id: string;
  /** Orders the events of a session's commits, and those of a scope's memories: 41 digits, so that texts sort as numbers. */
  readonly sequence: string;
  /** The form of this detail. */
  readonly version: 1;
  /** Whose session or memory it is. */
  readonly tenant: string;
  /** When it happened. */
  readonly at: string;
  /** Whose memory it is. */
  readonly scope: string;
  readonly category: MemoryCategory;
  /** Names the subject within its category. */
  readonly key: string;
  /** What was known; absent of a new memory. It has its text only where something was added, so that the text is still in the history. It never has that of something that was erased. */
  readonly before?: MemoryState;
  /** What is known; absent where nothing is any more: delete what you keep of it. */
  readonly after?: MemoryState;
}

/** What was, or is, known of the subject. */
export interface MemoryState {
  /** What holds. */
  readonly text?: string;
  /** It was taken back. */
  readonly forgotten?: true;
  /** How sure the author was; 1 of a person. */
  readonly confidence: number;
  /** When it was first spoken of. */
  readonly firstSeenAt: string;
  /** When it was last spoken of. */
  readonly lastSeenAt: string;
  /** When what holds was said, or taken back. */
  readonly saidAt: string;
  readonly by: AuthorView;
}
