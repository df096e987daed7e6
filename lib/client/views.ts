// What the API answers, made from its schemas by `npm run docs`: types alone, so that a client's need no library.
import type { MemoryCategory } from '../memory/index.ts';
import type { JsonObject, MessageContent } from '../messages/index.ts';

/** What became of an append. */
export interface AppendView {
  /** Where those of its messages are that were not stored before; of a duplicate, where the newest is. */
  readonly position: number;
  /** The id of each message, in order. */
  readonly messageIds: readonly string[];
  /** Where each message is, in the order of `messageIds`; `null` where that is not remembered any more. */
  readonly positions: readonly (number | null)[];
  /** True when all of its messages were already stored, and nothing was written. */
  readonly duplicate: boolean;
  /** The commit that this append made due, by the session's policy. */
  readonly autoCommit?: {
    /** The commit's id. */
    readonly commitId: string;
  };
}

/** An archive, and a page of its messages: whole appends. */
export interface ArchiveMessagesView {
  /** Its number: archives of a session count from 1, without gaps. */
  readonly archive: number;
  /** The first position that it holds. */
  readonly from: number;
  /** The last position that it holds. */
  readonly to: number;
  /** How many messages it holds. */
  readonly messageCount: number;
  /** Of its messages as JSON lines, before compression. */
  readonly bytes: number;
  /** The commit that made it. */
  readonly commitId: string;
  /** When its range was sealed. */
  readonly sealedAt: string;
  /** How far the summary and the memories are. */
  readonly followUp: 'pending' | 'completed' | 'dead-lettered';
  /** The summary of the session up to here, once there is one. */
  readonly summary?: string;
  /** `provider:model` that wrote the summary. */
  readonly summaryModel?: string;
  /** Secrets that were replaced by placeholders when the summary was written; absent where there are none. */
  readonly redacted?: number;
  readonly messages: readonly StoredMessage[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: number;
}

/** What an archive holds. Positions are those of the log. */
export interface ArchiveView {
  /** Its number: archives of a session count from 1, without gaps. */
  readonly archive: number;
  /** The first position that it holds. */
  readonly from: number;
  /** The last position that it holds. */
  readonly to: number;
  /** How many messages it holds. */
  readonly messageCount: number;
  /** Of its messages as JSON lines, before compression. */
  readonly bytes: number;
  /** The commit that made it. */
  readonly commitId: string;
  /** When its range was sealed. */
  readonly sealedAt: string;
  /** How far the summary and the memories are. */
  readonly followUp: 'pending' | 'completed' | 'dead-lettered';
  /** The summary of the session up to here, once there is one. */
  readonly summary?: string;
  /** `provider:model` that wrote the summary. */
  readonly summaryModel?: string;
  /** Secrets that were replaced by placeholders when the summary was written; absent where there are none. */
  readonly redacted?: number;
}

/** A page of a session's archives, oldest first. */
export interface ArchivesView {
  readonly archives: readonly ArchiveView[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: number;
}

/** Who said what a memory or a statement says. */
export type AuthorView = {
  /** A model that read an archive. */
  readonly kind: 'archive';
  /** The session of the archive. */
  readonly session: string;
  /** The number of the archive. */
  readonly archive: number;
  /** The message that says so. */
  readonly messageId: string;
  /** `provider:model`. */
  readonly model: string;
  /** The prompts that the model was asked with, joined by `+`. */
  readonly promptVersion?: string;
  /** Of the deployment's own categories and instructions. */
  readonly extractionVersion?: string;
  readonly who?: never;
} | {
  readonly kind: 'person';
  /** The claim `sub` of the caller's token. */
  readonly who: string;
  readonly session?: never;
  readonly archive?: never;
  readonly messageId?: never;
  readonly model?: never;
  readonly promptVersion?: never;
  readonly extractionVersion?: never;
} | {
  /** A session that is deleted with its memories, and had taken this back. */
  readonly kind: 'erased';
  readonly session?: never;
  readonly archive?: never;
  readonly messageId?: never;
  readonly model?: never;
  readonly promptVersion?: never;
  readonly extractionVersion?: never;
  readonly who?: never;
} | {
  /** From before it was kept who said what. */
  readonly kind: 'earlier';
  readonly session?: never;
  readonly archive?: never;
  readonly messageId?: never;
  readonly model?: never;
  readonly promptVersion?: never;
  readonly extractionVersion?: never;
  readonly who?: never;
};

/** The policy of a session, with its defaults. */
export interface AutoCommitPolicy {
  /** After so many tokens, by estimate, were appended since the previous request. */
  readonly pendingTokens: number | null;
  /** After so many messages were appended since the previous request. Above `keepRecent`, unless that is 0. */
  readonly messageCount: number | null;
  /** After so many seconds without an append; a session is checked once a minute. */
  readonly idleSeconds: number | null;
  /** Leaves at least this many messages live. */
  readonly keepRecent: number;
  /** But not within so many seconds of the previous request, whoever made it. */
  readonly minIntervalSeconds: number;
}

/** The commit that does what was requested. */
export interface CommitRequestView {
  /** The commit's id. */
  readonly commitId: string;
  readonly state: CommitState;
  /** True when a commit that was already queued does what was requested. */
  readonly existing: boolean;
}

/** `queued`, `committing`, `archived` (the messages are safe; summary and memories follow), `completed`. Without an archive it ends as `empty`, `skipped` or `cancelled`. `dead-lettered` waits for an operator, whose replay makes it `retrying` until a worker continues it. */
export type CommitState = 'queued' | 'committing' | 'archived' | 'completed' | 'empty' | 'skipped' | 'cancelled' | 'dead-lettered' | 'retrying';

/** What became of a commit. */
export interface CommitView {
  /** The commit's id. */
  readonly commitId: string;
  readonly state: CommitState;
  /** The archive that holds the messages, once there is one. */
  readonly archive?: number;
  /** The last position that this commit may take. */
  readonly through?: number;
  /** How many messages it leaves live, at least. */
  readonly keepRecent: number;
  /** Why somebody wanted it, in their words. */
  readonly reason?: string;
  /** When it was requested. */
  readonly requestedAt: string;
  /** What happened to it, in order. */
  readonly timeline: readonly TimelineEntryView[];
}

/** A page of a session's commits, the newest request first. */
export interface CommitsView {
  readonly commits: readonly CommitView[];
  /** Commits of this page whose stored statuses are damaged; absent when there are none. */
  readonly unreadable?: readonly string[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
}

/** A memory, as a model is to be told it. */
export interface ContextMemoryView {
  readonly category: MemoryCategory;
  /** Names the subject within its category. */
  readonly key: string;
  /** What holds. */
  readonly text: string;
  /** When that was said which holds. */
  readonly saidAt: string;
  readonly by: AuthorView;
}

/** A message that is ready for a chat model. */
export interface ContextMessage {
  /** The id of the message; absent where it is what is remembered. */
  readonly id?: string;
  /** Whose words they are. */
  readonly role: 'user' | 'assistant' | 'system' | 'tool';
  readonly content: MessageContent;
  /** Anything the frontend wants to find again; stored and returned unaltered, never read. */
  readonly metadata?: JsonObject;
}

/** The same as messages, with `format=messages`. */
export interface ContextMessagesView {
  /** The id of the session. */
  readonly sessionId: string;
  /** The budget that was asked for, or the default. */
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
  /** What is remembered and the summaries are one system message, the first. */
  readonly messages: readonly ContextMessage[];
}

/** The same as one text, with `format=text`. */
export interface ContextTextView {
  /** The id of the session. */
  readonly sessionId: string;
  /** The budget that was asked for, or the default. */
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
  /** Memories, summaries and messages. */
  readonly text: string;
}

/** What to send to a model now, with `format=json`. */
export interface ContextView {
  /** The id of the session. */
  readonly sessionId: string;
  /** The budget that was asked for, or the default. */
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
  /** Of the session's scope: the profile first, then the nearest to the query. */
  readonly memories: readonly ContextMemoryView[];
  /** Oldest first. */
  readonly summaries: readonly {
    /** The archive that it is of. */
    readonly archive: number;
    /** The summary. */
    readonly text: string;
  }[];
  /** Oldest first. */
  readonly messages: readonly StoredMessage[];
}

/** What was known before it was kept who said what. */
export interface EarlierMemoryView {
  /** What was known. */
  readonly text: string;
  /** How sure the author was; 1 of a person. */
  readonly confidence: number;
  /** When it was first spoken of. */
  readonly firstSeenAt: string;
  /** When it was last spoken of. */
  readonly lastSeenAt: string;
  /** The sessions that gave evidence, 500 at most. */
  readonly sessions: readonly string[];
  /** There are more sessions than are listed. */
  readonly hasUnlistedSessions?: true;
  /** Its former texts. */
  readonly history: readonly {
    /** What was known. */
    readonly text: string;
    /** When it was said. */
    readonly seenAt: string;
  }[];
}

/** What would become of an archive's statements, by category and key. */
export interface ExtractionDifferenceView {
  /** What it says of subjects that the archive says nothing of now. */
  readonly added: readonly {
    readonly category: MemoryCategory;
    /** The key of the memory. */
    readonly key: string;
    /** What the archive says of it; empty for one that only takes back. */
    readonly text: string;
    /** It takes back what was known. */
    readonly retracts?: true;
    /** It openly contradicts what was known. */
    readonly contradicts?: true;
  }[];
  /** What it says otherwise. */
  readonly changed: readonly {
    readonly category: MemoryCategory;
    /** The key of the memory. */
    readonly key: string;
    readonly before: {
      /** What the archive says of it; empty for one that only takes back. */
      readonly text: string;
      /** It takes back what was known. */
      readonly retracts?: true;
      /** It openly contradicts what was known. */
      readonly contradicts?: true;
    };
    readonly after: {
      /** What the archive says of it; empty for one that only takes back. */
      readonly text: string;
      /** It takes back what was known. */
      readonly retracts?: true;
      /** It openly contradicts what was known. */
      readonly contradicts?: true;
    };
  }[];
  /** What it does not say any more. */
  readonly removed: readonly {
    readonly category: MemoryCategory;
    /** The key of the memory. */
    readonly key: string;
    /** What the archive says of it; empty for one that only takes back. */
    readonly text: string;
    /** It takes back what was known. */
    readonly retracts?: true;
    /** It openly contradicts what was known. */
    readonly contradicts?: true;
  }[];
  /** How many statements say the same. */
  readonly unchanged: number;
}

/** What was asked for. */
export type ExtractionRequestView = {
  /** The number of the archive. */
  readonly archive: number;
  /** The id of what will be found. */
  readonly extractionId: string;
  /** Whether it is only kept, for you to look at. */
  readonly dryRun: boolean;
  readonly followUp?: never;
} | {
  /** The number of the archive. */
  readonly archive: number;
  /** The first follow-up is not completed: it was asked for in place of another extraction. */
  readonly followUp: 'sent-again';
  readonly extractionId?: never;
  readonly dryRun?: never;
};

/** The last extraction of an archive that was asked for. */
export interface ExtractionView {
  /** The number of the archive. */
  readonly archive: number;
  /** `none`: none since its follow-up. `found`: it is kept, and not merged. `merged`: the archive says what it found. `failed`: the archive is as it was. */
  readonly state: 'none' | 'found' | 'merged' | 'failed';
  /** Pass as `apply` to merge what was found. */
  readonly extractionId?: string;
  /** When it was found; absent where it failed, or there is no extraction. */
  readonly at?: string;
  /** `provider:model` that found it; of the archive's follow-up where there is none since. */
  readonly model?: string;
  /** The prompts that the model was asked with, joined by `+`. */
  readonly promptVersion?: string;
  /** Of the deployment's own categories and instructions; absent: the built-in categories. */
  readonly extractionVersion?: string;
  /** What would change; of one that is found. */
  readonly difference?: ExtractionDifferenceView;
  /** Why it failed, or could not be merged the last time. */
  readonly failure?: {
    /** When it failed. */
    readonly at: string;
    /** Why it failed. */
    readonly reason: string;
  };
}

/** A session, as lists show it. */
export interface ListedSessionView {
  /** The id of the session. */
  readonly sessionId: string;
  /** Whose memories it feeds. */
  readonly scope: string;
  /** What people call it. */
  readonly title?: string;
  /** When it was created. */
  readonly createdAt: string;
  /** When it was created, or appended to last. */
  readonly activeAt: string;
  /** Messages of all appends; those of an append that was repeated count again. */
  readonly appendedMessages: number;
  /** Appends that are in no archive yet, with those that were begun and never stored. */
  readonly liveAppends: number;
  /** How many archives it has. */
  readonly archiveCount: number;
  /** The commit that was requested last, while its status is kept. */
  readonly lastCommit?: {
    /** The commit's id. */
    readonly commitId: string;
    readonly state: CommitState;
    /** The archive that holds the messages, once there is one. */
    readonly archive?: number;
    /** When it was requested. */
    readonly requestedAt: string;
  };
}

/** A page of memories, by category and key. */
export interface MemoriesView {
  /** Whose memories they are. */
  readonly scope: string;
  readonly memories: readonly MemoryView[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
}

/** A memory, and a page of what was said of it. */
export type MemoryHistoryView = {
  readonly category: MemoryCategory;
  /** Names the subject within its category. */
  readonly key: string;
  /** How sure the author was; 1 of a person. */
  readonly confidence: number;
  /** When it was first spoken of. */
  readonly firstSeenAt: string;
  /** When it was last spoken of. */
  readonly lastSeenAt: string;
  readonly by: AuthorView;
  /** What holds. */
  readonly text: string;
  /** Whose memory it is. */
  readonly scope: string;
  /** A page of what was said of it, the newest first. */
  readonly statements: readonly StatementView[];
  /** On the last page only. */
  readonly earlier?: EarlierMemoryView;
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
  readonly forgotten?: never;
} | {
  readonly category: MemoryCategory;
  /** Names the subject within its category. */
  readonly key: string;
  /** How sure the author was; 1 of a person. */
  readonly confidence: number;
  /** When it was first spoken of. */
  readonly firstSeenAt: string;
  /** When it was last spoken of. */
  readonly lastSeenAt: string;
  readonly by: AuthorView;
  /** It was taken back. */
  readonly forgotten: true;
  /** Whose memory it is. */
  readonly scope: string;
  /** A page of what was said of it, the newest first. */
  readonly statements: readonly StatementView[];
  /** On the last page only. */
  readonly earlier?: EarlierMemoryView;
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
  readonly text?: never;
};

/** A memory that is near to a query. */
export interface MemoryHitView {
  readonly category: MemoryCategory;
  /** Names the subject within its category. */
  readonly key: string;
  /** How sure the author was; 1 of a person. */
  readonly confidence: number;
  /** When it was first spoken of. */
  readonly firstSeenAt: string;
  /** When it was last spoken of. */
  readonly lastSeenAt: string;
  readonly by: AuthorView;
  /** What holds. */
  readonly text: string;
  /** Comparable within one answer only. */
  readonly score: number;
}

/** The memories that are nearest to a query, of those that were read; by meaning, of all. */
export interface MemoryHitsView {
  /** Whose memories they are. */
  readonly scope: string;
  /** What the hits were ranked by: words alone, or meaning as well. Answers that go on are by words. */
  readonly ranking: 'words' | 'words-and-meaning';
  /** The nearest first. */
  readonly hits: readonly MemoryHitView[];
  /** Pass as `after` to search what was not read; absent when all was. */
  readonly nextAfter?: string;
}

/** What is known of one subject, or, where it was taken back, that it is not. */
export type MemoryView = {
  readonly category: MemoryCategory;
  /** Names the subject within its category. */
  readonly key: string;
  /** How sure the author was; 1 of a person. */
  readonly confidence: number;
  /** When it was first spoken of. */
  readonly firstSeenAt: string;
  /** When it was last spoken of. */
  readonly lastSeenAt: string;
  readonly by: AuthorView;
  /** What holds. */
  readonly text: string;
  readonly forgotten?: never;
} | {
  readonly category: MemoryCategory;
  /** Names the subject within its category. */
  readonly key: string;
  /** How sure the author was; 1 of a person. */
  readonly confidence: number;
  /** When it was first spoken of. */
  readonly firstSeenAt: string;
  /** When it was last spoken of. */
  readonly lastSeenAt: string;
  readonly by: AuthorView;
  /** It was taken back. */
  readonly forgotten: true;
  readonly text?: never;
};

/** A message that is near to a query, and where it is. */
export interface MessageHitView {
  /** The id of the message. */
  readonly messageId: string;
  /** `archiving`: a commit has taken it, and its archive cannot be read yet. */
  readonly state: 'live' | 'archiving' | 'archived';
  /** Its place in the log of the session. */
  readonly position: number;
  /** The archive that it is in, or will be in; absent while it is live. */
  readonly archive?: number;
  /** Whose words they are. */
  readonly role: 'user' | 'assistant' | 'system' | 'tool';
  /** When it was said, in ISO 8601, as it was sent. */
  readonly at: string;
  /** The name in its metadata, where it has one. */
  readonly speaker?: string;
  /** Comparable within one answer only. */
  readonly score: number;
  /** What of it is near to the query, in at most 300 characters. */
  readonly snippet: string;
}

/** The messages that are nearest to a query, of those that were read; by meaning, of all archives. */
export interface MessageHitsView {
  /** The id of the session. */
  readonly sessionId: string;
  /** What the hits were ranked by: words alone, or meaning as well. Answers that go on are by words. */
  readonly ranking: 'words' | 'words-and-meaning';
  /** The nearest first. */
  readonly hits: readonly MessageHitView[];
  /** Pass as `before` to search what was not read, which is earlier; absent when all was. */
  readonly nextBefore?: number;
}

/** Where a message is. */
export interface MessagePlaceView {
  /** The id of the message. */
  readonly messageId: string;
  /** `archiving`: a commit has taken it, and its archive cannot be read yet. */
  readonly state: 'live' | 'archiving' | 'archived';
  /** Its place in the log of the session. */
  readonly position: number;
  /** The archive that it is in, or will be in; absent while it is live. */
  readonly archive?: number;
  /** When the append was stored. */
  readonly appendedAt: string;
  /** Whether the archive has its summary. */
  readonly summarised: boolean;
}

/** The newest part of the session, as much as one request reads, does not hold the message. */
export interface MessageSearchView {
  /** The id of the message. */
  readonly messageId: string;
  readonly state: 'not-found-yet';
  /** Pass as `before` to search on. */
  readonly nextBefore: number;
}

/** Where a message is, or where to search on. */
export type MessageView = MessagePlaceView | MessageSearchView;

/** A problem document (RFC 9457), shorter than 8 KB. */
export interface ProblemView {
  /** `urn:commitlane:problem:` and the code. */
  readonly type: string;
  /** What kind of problem it is. */
  readonly title: string;
  /** The status of the answer. */
  readonly status: number;
  /** Stable; safe to match on. */
  readonly code: string;
  /** What was wrong, what was expected, and what to do. */
  readonly detail: string;
  /** The fields at fault, at most ten, for a 4xx about the request's content. */
  readonly errors?: readonly {
    /** The field at fault. */
    readonly field: string;
    /** What is wrong with it. */
    readonly message: string;
  }[];
}

/** A session, and a page of its live messages. */
export interface SessionView {
  /** The id of the session. */
  readonly sessionId: string;
  /** Whose memories it feeds. */
  readonly scope: string;
  /** What people call it. */
  readonly title?: string;
  /** When it was created. */
  readonly createdAt: string;
  /** What is remembered of it: the categories of its restriction, or all of the deployment. */
  readonly memoryCategories: readonly MemoryCategory[];
  /** When it is committed without being asked; absent: never. */
  readonly autoCommit?: AutoCommitPolicy;
  /** When it was created, or appended to last; absent where neither happened since there are lists of sessions. */
  readonly activeAt?: string;
  /** How many archives it has. */
  readonly archiveCount: number;
  /** A page of the live messages, oldest first. */
  readonly live: readonly StoredMessage[];
  /** Pass as `after` to get the next page of live messages; absent on the last. */
  readonly nextAfter?: number;
  /** The newest archive, once there is one. */
  readonly lastArchive?: ArchiveView;
  /** The commit that is queued or running. */
  readonly runningCommit?: CommitView;
}

/** A page of sessions, newest activity first. */
export interface SessionsView {
  readonly sessions: readonly ListedSessionView[];
  /** Sessions of this page whose items are damaged; absent when there are none. */
  readonly unreadable?: readonly string[];
  /** Pass as `after` to get the next page; absent on the last. */
  readonly nextAfter?: string;
}

/** What an archive or a person said. */
export interface StatementView {
  /** `restores`: says again what was said before it was taken back. */
  readonly stance: 'asserts' | 'retracts' | 'restores';
  /** Absent where a retraction or a restoration says nothing else. */
  readonly text?: string;
  /** It openly contradicts what was known, and counts even against what a person has entered before. */
  readonly contradicts?: true;
  /** How sure the author was; 1 of a person. */
  readonly confidence: number;
  /** When it was said. */
  readonly saidAt: string;
  readonly by: AuthorView;
}

/** A message, as it was sent, and where it is. */
export interface StoredMessage {
  /** The id that it was sent with, or one that it was given. */
  readonly id: string;
  /** Whose words they are. */
  readonly role: 'user' | 'assistant' | 'system' | 'tool';
  readonly content: MessageContent;
  /** When it was said, in ISO 8601, as it was sent. */
  readonly at: string;
  /** Anything the frontend wants to find again; stored and returned unaltered, never read. */
  readonly metadata?: JsonObject;
  /** Its place in the log of the session. Messages of one append share it. */
  readonly position: number;
  /** Only in a context: its middle was left out, so that it fits in the budget. */
  readonly shortened?: true;
}

/** What happened to a commit. */
export interface TimelineEntryView {
  /** When it happened. */
  readonly at: string;
  /** A state of the commit, or a step of the follow-up, such as `summary`. */
  readonly event: string;
  /** Why, for an entry that is not plain success; at most 300 characters. */
  readonly detail?: string;
  /** Of a failed attempt: the step that failed. */
  readonly step?: string;
  /** Of a failed attempt: the delivery, counted from 1. */
  readonly attempt?: number;
  /** Of a failed attempt: how long the step took, in milliseconds. */
  readonly durationMs?: number;
}
