import type { PositionedMessage } from '../api/index.ts';
import type { MemoryCategory, Subject } from '../memory/index.ts';
import type { NewMessage } from '../session/index.ts';
import type { CommitEvent, MemoryEvent } from './event-views.ts';
import type { EventsOptions } from './session-events.ts';
import type {
  AppendView,
  ArchiveMessagesView,
  ArchivesView,
  ArchiveView,
  CommitRequestView,
  CommitsView,
  CommitView,
  ContextMessagesView,
  ContextTextView,
  ContextView,
  ExtractionRequestView,
  ExtractionView,
  ListedSessionView,
  MemoriesView,
  MemoryHistoryView,
  MemoryHitsView,
  MemoryView,
  MessageHitsView,
  MessagePlaceView,
  SessionsView,
  SessionView,
  StatementView,
} from './views.ts';
import type { WatchOptions } from './watch-commit.ts';

export interface CallOptions {
  /** Ends the call; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface AppendOptions extends CallOptions {
  /**
   * Calls with the same key are one append, for 12 hours. Unless given, one is made for each call, and kept over its
   * retries; give one to be able to repeat the call after the page was reloaded. None is made when all messages have ids:
   * each message is then known again by its id, whatever append it comes with.
   */
  readonly idempotencyKey?: string;
}

export interface PageOptions extends CallOptions {
  /** The `nextAfter` of the page before; the first page unless given. */
  readonly after?: number | undefined;
  /** At most this many items; the API's own page size unless given. */
  readonly limit?: number | undefined;
}

/** A page of a list whose marks are texts. */
export interface ListOptions extends CallOptions {
  /** The `nextAfter` of the page before; the first page unless given. */
  readonly after?: string | undefined;
  /** At most this many items; the API's own page size unless given. */
  readonly limit?: number | undefined;
}

export interface SessionListOptions extends ListOptions {
  /** Only the sessions of this scope; all those of the tenant unless given. */
  readonly scope?: string | undefined;
}

export interface MemoryListOptions extends ListOptions {
  /** Only memories of this category; of all unless given. */
  readonly category?: MemoryCategory | undefined;
  /** Also those that were taken back; false unless given. */
  readonly forgotten?: boolean | undefined;
}

/** Which of a scope's memories are searched. */
export interface MemorySearchOptions extends CallOptions {
  /** At most this many hits: 1 to 100, by default 10. */
  readonly limit?: number | undefined;
  /** The `nextAfter` of the search before, to search what it did not read. */
  readonly after?: string | undefined;
  /** Only memories of this category; of all unless given. */
  readonly category?: MemoryCategory | undefined;
}

/** Which of a session's messages are searched. */
export interface MessageSearchOptions extends CallOptions {
  /** At most this many hits: 1 to 100, by default 10. */
  readonly limit?: number | undefined;
  /** The `nextBefore` of the search before, to search what it did not read. */
  readonly before?: number | undefined;
}

/** How much a model is sent, and which memories. */
export interface ContextOptions extends CallOptions {
  /** 1 to 2 000 000, by default 16 000. */
  readonly tokenBudget?: number | undefined;
  /** What memories are to be near to: 1 to 1000 characters. What a user said last unless given. */
  readonly query?: string | undefined;
  /** Of the budget, at most so much for memories: 0 (none) to 0.5, by default 0.2. */
  readonly memoryShare?: number | undefined;
}

/** When a session is committed without being asked. A field that is left out has its default. */
export interface AutoCommitSettings {
  /** Tokens appended since the last commit was asked for: 1 to 10 000 000, by default 150 000; `null`: however many. */
  readonly pendingTokens?: number | null;
  /** Messages appended since then: 1 to 100 000, by default 100; `null`: however many. */
  readonly messageCount?: number | null;
  /** Since the newest live message: 60 s to 365 days, by default a day; `null`: however long. */
  readonly idleSeconds?: number | null;
  /** Leaves at least this many messages live: 0 to 1000, by default 0. */
  readonly keepRecent?: number;
  /** Between two requests: 0 to 7 days, by default 0. */
  readonly minIntervalSeconds?: number;
}

/** What a session is told about itself, its memories and its commits. */
export interface SessionSettings {
  /** What people call it: 1 to 200 characters. `null` takes the title away. */
  readonly title?: string | null;
  /** Whose memories it feeds; those of the token's user unless given. */
  readonly scope?: string;
  /** The categories to extract, of those that the deployment has; all of them unless given. `null` lifts the restriction. */
  readonly memoryCategories?: readonly MemoryCategory[] | null;
  /** No policy unless given: it is committed only when asked. `null` takes the policy away. */
  readonly autoCommit?: AutoCommitSettings | null;
}

export interface CommitOptions extends CallOptions {
  /**
   * Calls with the same key are one commit. Unless given, a call is answered with the commit that is queued already
   * when that one does what is asked: two in a row make one commit, and a retry does no harm.
   */
  readonly idempotencyKey?: string;
  /** Leaves at least this many messages live; 0 unless given. */
  readonly keepRecent?: number;
  readonly reason?: string;
}

/**
 * Every operation of the API. All of them are retried as the client's options say, and throw CommitlaneApiError
 * (the API refused), CommitlaneNetworkError (it did not answer), CommitlaneUsageError (nothing was sent), or the
 * reason of an aborted signal.
 */
export interface CommitlaneClient {
  /** Opens a session, or returns the one that exists, as it is. */
  createSession(sessionId: string, settings?: SessionSettings, options?: CallOptions): Promise<SessionView>;
  /** A page of the sessions of the tenant, or of a scope, newest activity first: between pages, exact to an hour. */
  listSessions(options?: SessionListOptions): Promise<SessionsView>;
  /** All sessions of the tenant, or of a scope. One that becomes active meanwhile may be missed. */
  sessions(options?: SessionListOptions): AsyncGenerator<ListedSessionView, void, undefined>;
  /** A session and a page of its live messages. */
  getSession(sessionId: string, options?: PageOptions): Promise<SessionView>;
  /** What to send to a model now: memories, summaries and messages within `tokenBudget` tokens. */
  getContext(sessionId: string, options?: ContextOptions): Promise<ContextView>;
  /** The same as messages for a chat model, which the converters turn into the form of a provider. */
  getContextMessages(sessionId: string, options?: ContextOptions): Promise<ContextMessagesView>;
  /** The same as one text. */
  getContextText(sessionId: string, options?: ContextOptions): Promise<ContextTextView>;
  /** The session's messages that are nearest to a query of 1 to 1000 characters, live ones and archived ones. */
  searchSession(sessionId: string, query: string, options?: MessageSearchOptions): Promise<MessageHitsView>;
  /** Changes the given settings only. */
  updateSession(sessionId: string, settings: SessionSettings, options?: CallOptions): Promise<SessionView>;
  /** Deletes a session with its archives and commits, and, if `memories` is true, what it alone gave to memories. */
  deleteSession(sessionId: string, options?: CallOptions & { readonly memories?: boolean }): Promise<void>;

  /**
   * Appends 1 to 100 messages, 256 KiB of JSON at most, as one: either all of them are stored, or none. Messages that
   * have ids, all of them, are stored but for those that are stored already.
   */
  append(sessionId: string, messages: readonly NewMessage[], options?: AppendOptions): Promise<AppendView>;
  /**
   * Where a message is: the receipt for an append that had no answer. It searches on, from the newest message back, until
   * the message is found; it fails with status 404 when the session does not hold it, and 410 when the session is deleted.
   */
  findMessage(sessionId: string, messageId: string, options?: CallOptions): Promise<MessagePlaceView>;
  /** All live messages, oldest first. A commit that runs meanwhile takes those away that are not read yet. */
  liveMessages(sessionId: string, options?: PageOptions): AsyncGenerator<PositionedMessage, void, undefined>;

  /** Asks for what is live now to be archived. */
  requestCommit(sessionId: string, options?: CommitOptions): Promise<CommitRequestView>;
  /** A page of a session's commits, the newest request first, as long as their statuses are kept. */
  listCommits(sessionId: string, options?: ListOptions): Promise<CommitsView>;
  /** All commits of a session, the newest first. */
  commits(sessionId: string, options?: ListOptions): AsyncGenerator<CommitView, void, undefined>;
  getCommit(sessionId: string, commitId: string, options?: CallOptions): Promise<CommitView>;
  /** Cancels a commit that is still queued; fails with status 409 when a worker has begun it. */
  cancelCommit(sessionId: string, commitId: string, options?: CallOptions): Promise<CommitView>;
  /**
   * Yields the commit as it is now and after each change, the last time in a final state.
   *
   * @throws CommitWatchTimeoutError when it has not come to an end in time.
   */
  watchCommit(
    sessionId: string,
    commitId: string,
    options?: WatchOptions,
  ): AsyncGenerator<CommitView, void, undefined>;

  /**
   * Yields what becomes of the session's commits, and which memories are known from it, as it happens. Only a stack that
   * `npm start` runs streams events; any other fails with status 404 and the code `events-not-streamed`.
   */
  events(
    sessionId: string,
    options?: EventsOptions,
  ): AsyncGenerator<CommitEvent | MemoryEvent, void, undefined>;

  listArchives(sessionId: string, options?: PageOptions): Promise<ArchivesView>;
  /** All archives of a session, oldest first. */
  archives(sessionId: string, options?: PageOptions): AsyncGenerator<ArchiveView, void, undefined>;
  /** An archive and a page of its messages. */
  getArchive(sessionId: string, archive: number, options?: PageOptions): Promise<ArchiveMessagesView>;
  /** All messages of an archive, in order. */
  archivedMessages(
    sessionId: string,
    archive: number,
    options?: PageOptions,
  ): AsyncGenerator<PositionedMessage, void, undefined>;

  /**
   * Asks for an archive to be extracted once more, with today's model, prompt and categories: its statements are replaced,
   * and nothing else. With `dryRun` what was found is only kept, for `getExtraction` to show; with `apply` what a dry run
   * found is merged, by its id; that fails with status 409 when it is not there any more.
   */
  requestExtraction(
    sessionId: string,
    archive: number,
    options?: CallOptions & ({ readonly dryRun?: boolean } | { readonly apply: string }),
  ): Promise<ExtractionRequestView>;
  /** The last extraction of an archive that was asked for, and what it would change. */
  getExtraction(sessionId: string, archive: number, options?: CallOptions): Promise<ExtractionView>;

  /** A page of a scope's memories. */
  listMemories(scope: string, options?: MemoryListOptions): Promise<MemoriesView>;
  /** All memories of a scope. */
  memories(scope: string, options?: MemoryListOptions): AsyncGenerator<MemoryView, void, undefined>;
  /** The memories of a scope that are nearest to a query of 1 to 1000 characters. */
  searchMemories(scope: string, query: string, options?: MemorySearchOptions): Promise<MemoryHitsView>;
  /** A memory, also one that was taken back, and a page of what was said of it, the newest first. */
  getMemory(scope: string, subject: Subject, options?: ListOptions): Promise<MemoryHistoryView>;
  /** All that was said of a memory, the newest first. */
  memoryStatements(
    scope: string,
    subject: Subject,
    options?: ListOptions,
  ): AsyncGenerator<StatementView, void, undefined>;
  /** Enters what holds, or corrects it: 1 to 1000 characters. It stands until it is openly contradicted. */
  editMemory(scope: string, subject: Subject, text: string, options?: CallOptions): Promise<MemoryView>;
  /** Takes a memory back; it can be restored. */
  forgetMemory(scope: string, subject: Subject, options?: CallOptions): Promise<void>;
  /** Says again what was taken back. */
  restoreMemory(scope: string, subject: Subject, options?: CallOptions): Promise<MemoryView>;
  /** Erases a memory with its history, for good. */
  eraseMemory(scope: string, subject: Subject, options?: CallOptions): Promise<void>;
  /** Erases all memories of a scope with their history, for good. */
  eraseMemories(scope: string, options?: CallOptions): Promise<void>;
}
