import type { FollowUpProgress } from '../archive/index.ts';
import type { Difference, RequestedExtraction } from '../extraction-again/index.ts';
import type { MemoryCategory } from '../memory/index.ts';
import type { CanonicalMessage, Role } from '../messages/index.ts';
import type { Ranking } from '../search/index.ts';
import type { AutoCommitPolicy, CommitState, TimelineEntry } from '../session/index.ts';
import type { PositionedMessage } from '../session-log/index.ts';

/** Answer of an append (201; 200 when all of it is already stored). */
export interface AppendView {
  /** Where those of its messages are that were not stored before; of a duplicate, where the newest is. */
  readonly position: number;
  readonly messageIds: readonly string[];
  /** Where each message is, in the order of `messageIds`; `null` where that is not remembered any more. */
  readonly positions: readonly (number | null)[];
  /** True when all of its messages were already stored, and nothing was written. */
  readonly duplicate: boolean;
  /** The commit that this append made due, by the session's policy. */
  readonly autoCommit?: { readonly commitId: string };
}

/** Where a message is. */
export interface MessagePlaceView {
  readonly messageId: string;
  /** `archiving`: a commit has taken it, and its archive cannot be read yet. */
  readonly state: 'live' | 'archiving' | 'archived';
  readonly position: number;
  /** When the append was stored, in ISO 8601. */
  readonly appendedAt: string;
  /** The archive that it is in, or will be in; absent while it is live. */
  readonly archive?: number;
  /** Whether the archive has its summary. */
  readonly summarised: boolean;
}

/** The answer to where a message is: the newest part of the session, as much as one request reads, does not hold it. */
interface MessageSearchView {
  readonly messageId: string;
  readonly state: 'not-found-yet';
  /** Pass as `before` to search on. */
  readonly nextBefore: number;
}

export type MessageView = MessagePlaceView | MessageSearchView;

/** What happened: a commit state, or a step such as `summary`; `at` is ISO 8601. */
export type TimelineEntryView = Omit<TimelineEntry, 'atMs'> & { readonly at: string };

export interface CommitView {
  readonly commitId: string;
  readonly state: CommitState;
  /** The archive that holds the messages, once there is one. */
  readonly archive?: number;
  /** The last position this commit may take. */
  readonly through?: number;
  readonly keepRecent: number;
  readonly reason?: string;
  readonly requestedAt: string;
  readonly timeline: readonly TimelineEntryView[];
}

/** Answer of a commit request (202). */
export interface CommitRequestView {
  readonly commitId: string;
  readonly state: CommitState;
  /** True when a commit that was already queued does what was requested. */
  readonly existing: boolean;
}

/** A page of a session's commits, the newest request first. */
export interface CommitsView {
  readonly commits: readonly CommitView[];
  /** Commits of this page whose stored statuses are damaged; absent when there are none. */
  readonly unreadable?: readonly string[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
}

/** An archive's manifest. `from` and `to` are log positions, both included. */
export interface ArchiveView {
  readonly archive: number;
  readonly from: number;
  readonly to: number;
  readonly messageCount: number;
  /** Of the messages as JSON lines, before compression. */
  readonly bytes: number;
  readonly commitId: string;
  readonly sealedAt: string;
  readonly followUp: FollowUpProgress['state'];
  readonly summary?: string;
  /** `provider:model` that wrote the summary. */
  readonly summaryModel?: string;
  /** Secrets that were replaced by placeholders when it was written; absent where there are none. */
  readonly redacted?: number;
}

/** A page of a session's archives, oldest first. */
export interface ArchivesView {
  readonly archives: readonly ArchiveView[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: number;
}

/** A page of an archive's messages. */
export interface ArchiveMessagesView extends ArchiveView {
  readonly messages: readonly PositionedMessage[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: number;
}

/** Answer of a request for one more extraction (202). */
export type ExtractionRequestView = RequestedExtraction;

/**
 * The last extraction of an archive that was asked for. `none`: none since its follow-up. `found`: it is kept, and not
 * merged. `merged`: the archive says what it found. `failed`: the archive is as it was.
 */
export interface ExtractionView {
  readonly archive: number;
  readonly state: 'none' | 'found' | 'merged' | 'failed';
  /** Pass as `apply` to merge what was found. */
  readonly extractionId?: string;
  /** When it was found; absent where it failed, or there is no extraction. */
  readonly at?: string;
  /** `provider:model` that found it; of the archive's follow-up where there is none since. */
  readonly model?: string;
  readonly promptVersion?: string;
  /** Absent: the built-in categories. */
  readonly extractionVersion?: string;
  /** What would change; of one that is found. */
  readonly difference?: ExtractionDifferenceView;
  /** Why it failed, or could not be merged the last time. */
  readonly failure?: { readonly at: string; readonly reason: string };
}

/** What would become of an archive's statements. */
export type ExtractionDifferenceView = Difference;

/** A session, as lists show it. */
export interface ListedSessionView {
  readonly sessionId: string;
  readonly scope: string;
  readonly title?: string;
  readonly createdAt: string;
  /** When it was created, or appended to last. */
  readonly activeAt: string;
  /** Messages of all appends; those of an append that was repeated count again. */
  readonly appendedMessages: number;
  /** Appends that are in no archive yet, with those that were begun and never stored. */
  readonly liveAppends: number;
  readonly archiveCount: number;
  /** The commit that was requested last, while its status is kept. */
  readonly lastCommit?: Pick<CommitView, 'commitId' | 'state' | 'archive' | 'requestedAt'>;
}

/** A page of sessions, newest activity first. */
export interface SessionsView {
  readonly sessions: readonly ListedSessionView[];
  /** Sessions of this page whose items are damaged; absent when there are none. */
  readonly unreadable?: readonly string[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
}

export interface SessionView {
  readonly sessionId: string;
  readonly scope: string;
  readonly title?: string;
  readonly memoryCategories: readonly MemoryCategory[];
  /** When it is committed without being asked; absent: never. */
  readonly autoCommit?: AutoCommitPolicy;
  readonly createdAt: string;
  /** When it was created, or appended to last; absent where neither happened since there are lists of sessions. */
  readonly activeAt?: string;
  readonly archiveCount: number;
  /** A page of the live messages, oldest first. */
  readonly live: readonly PositionedMessage[];
  /** Pass as `after` to get the next page of live messages; absent on the last. */
  readonly nextAfter?: number;
  readonly lastArchive?: ArchiveView;
  /** The commit that is queued or running. */
  readonly runningCommit?: CommitView;
}

/** What to send to a model now: what is remembered, then, oldest first, the summaries and the messages. */
export interface ContextView extends ContextFacts {
  /** Of the session's scope: the profile first, then the nearest to the query. */
  readonly memories: readonly ContextMemoryView[];
  readonly summaries: readonly { readonly archive: number; readonly text: string }[];
  readonly messages: readonly PositionedMessage[];
}

/** The same as messages for a chat model: what is remembered and the summaries are one system message, the first. */
export interface ContextMessagesView extends ContextFacts {
  readonly messages: readonly CanonicalMessage[];
}

/** The same as one text. */
export interface ContextTextView extends ContextFacts {
  readonly text: string;
}

/** What every form of a context says of itself. */
interface ContextFacts {
  readonly sessionId: string;
  readonly tokenBudget: number;
  /** An estimate of what is given; never more than the budget. */
  readonly tokens: number;
  /** What did not fit; absent when everything is there. */
  readonly dropped?: {
    /** Messages at this position or before, as far as no given summary covers them. */
    readonly messagesThrough?: number;
    /** The summaries of this archive and of those before it. */
    readonly summariesThrough?: number;
  };
  /** The memories could not be read, and are missing. */
  readonly memoriesUnavailable?: true;
}

/** A memory, as a model is to be told it. */
export interface ContextMemoryView {
  readonly category: MemoryCategory;
  readonly key: string;
  readonly text: string;
  /** When that was said which holds. */
  readonly saidAt: string;
  /** Who said so. */
  readonly by: AuthorView;
}

/** What is known of one subject, or, where it was taken back, that it is not. */
export type MemoryView = {
  readonly category: MemoryCategory;
  readonly key: string;
  readonly confidence: number;
  /** When it was first and last spoken of. */
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Who said so. */
  readonly by: AuthorView;
} & (
  | { readonly text: string; readonly forgotten?: never }
  | { readonly text?: never; readonly forgotten: true }
);

/** A memory and a page of what was said of it, the newest first. */
export type MemoryHistoryView = MemoryView & {
  readonly scope: string;
  readonly statements: readonly StatementView[];
  /** What was known before it was kept who said what; on the last page only. */
  readonly earlier?: EarlierMemoryView;
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
};

/** What an archive or a person said. */
export interface StatementView {
  /** `restores`: says again what was said before it was taken back. */
  readonly stance: 'asserts' | 'retracts' | 'restores';
  /** Absent where a retraction or a restoration says nothing else. */
  readonly text?: string;
  /** It openly contradicts what was known, and counts even against what a person has entered before. */
  readonly contradicts?: true;
  readonly confidence: number;
  readonly saidAt: string;
  readonly by: AuthorView;
}

export interface EarlierMemoryView {
  readonly text: string;
  readonly confidence: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** The sessions that gave evidence, 500 at most. */
  readonly sessions: readonly string[];
  /** There are more sessions than are listed. */
  readonly hasUnlistedSessions?: true;
  /** Its former texts. */
  readonly history: readonly { readonly text: string; readonly seenAt: string }[];
}

/** Who said what a memory or a statement says: a model that read an archive, or a person. */
export type AuthorView =
  | {
      readonly kind: 'archive';
      readonly session: string;
      readonly archive: number;
      readonly messageId: string;
      readonly model: string;
      readonly promptVersion?: string;
      readonly extractionVersion?: string;
    }
  | { readonly kind: 'person'; readonly who: string }
  /** A session that is deleted with its memories, and had taken this back. */
  | { readonly kind: 'erased' }
  /** From before it was kept who said what. */
  | { readonly kind: 'earlier' };

export interface MemoriesView {
  readonly scope: string;
  readonly memories: readonly MemoryView[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
}

/** The memories that are nearest to a query, of those that were read, the nearest first; by meaning, of all. */
export interface MemoryHitsView {
  readonly scope: string;
  /** What the hits were ranked by. Answers that go on are by words. */
  readonly ranking: Ranking;
  readonly hits: readonly MemoryHitView[];
  /** Pass as `after` to search what was not read; absent when all was. */
  readonly nextAfter?: string;
}

/** `score` is above 0, and comparable within one answer only. */
export type MemoryHitView = Omit<MemoryView, 'text' | 'forgotten'> & {
  readonly text: string;
  readonly score: number;
};

/** The messages that are nearest to a query, of those that were read, the nearest first; by meaning, of all archives. */
export interface MessageHitsView {
  readonly sessionId: string;
  /** What the hits were ranked by. Answers that go on are by words. */
  readonly ranking: Ranking;
  readonly hits: readonly MessageHitView[];
  /** Pass as `before` to search what was not read, which is earlier; absent when all was. */
  readonly nextBefore?: number;
}

/** A message that is near to a query, and where it is. */
export interface MessageHitView
  extends Pick<MessagePlaceView, 'messageId' | 'state' | 'archive' | 'position'> {
  readonly role: Role;
  /** When it was said, in ISO 8601. */
  readonly at: string;
  /** The name in its metadata, where it has one. */
  readonly speaker?: string;
  /** Above 0; comparable within one answer only. */
  readonly score: number;
  /** What of it is near to the query, in at most 300 characters. */
  readonly snippet: string;
}

/** An error answer (RFC 9457, `application/problem+json`). */
export interface ProblemView {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Stable; safe to match on. */
  readonly code: string;
  readonly detail: string;
  /** The fields at fault, for a 4xx about the request's content. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}
