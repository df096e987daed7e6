import type {
  FollowUpProgress,
  FollowUpStep,
  Manifest,
  ManifestExcerpt,
  ManifestPart,
} from '../archive/index.ts';
import type {
  Amount,
  AppendKey,
  AutoCommitPolicy,
  CommitChange,
  CommitRetry,
  CommitStatus,
  LogEntry,
  LogRecord,
  LogTombstone,
  RequestedCommit,
  Seal,
  SessionKey,
  SessionMeta,
  TimelineEntry,
} from '../session/index.ts';

/**
 * The port between the commit protocol and the database.
 *
 * Each method is one database request, so that a schedule of calls is a schedule of requests. Reads are strongly
 * consistent. A write whose answer was lost may be sent again: every method is idempotent for the same arguments,
 * except `takePosition` and `claim`, where a repeat costs a number and harms nothing. Methods that take a `fence`
 * throw `FenceRejectedError` when another claim came later; any method may throw `StoreUnavailableError`, or
 * `StoreRefusedError` for what no repetition can mend; one that reads an item, `ItemUnreadableError` when it was damaged,
 * or `ItemTooNewError`.
 */
export interface SessionStore {
  /** Writes META if the session does not exist; returns whether it did so. */
  createSession(
    key: SessionKey,
    settings: SessionSettings & { readonly createdAtMs: number },
  ): Promise<boolean>;
  readMeta(key: SessionKey): Promise<SessionMeta | undefined>;
  /** Changes the given settings only. @throws SessionNotFoundError */
  updateSettings(key: SessionKey, settings: SettingsChange): Promise<SessionMeta>;

  /** Hands out the next position, once, ever, and counts what is to be written there. @throws SessionNotFoundError */
  takePosition(key: SessionKey, added: Amount): Promise<TakenPosition>;
  /** Writes the record if its position is absent; returns whether it did so. */
  putRecord(key: SessionKey, record: LogRecord): Promise<boolean>;
  readEntry(key: SessionKey, position: number): Promise<LogEntry | undefined>;
  /** Remembers an append key unless one that is still valid at `nowMs` is there; returns whether it did so. */
  putAppendKey(key: SessionKey, appendKey: AppendKey, nowMs: number): Promise<boolean>;
  readAppendKey(key: SessionKey, appendKey: string): Promise<AppendKey | undefined>;
  /** Points an append key to another position if it still points to `fromPosition`; returns whether it did so. */
  moveAppendKey(
    key: SessionKey,
    appendKey: string,
    fromPosition: number,
    toPosition: number,
  ): Promise<boolean>;

  /** Adds 1 to the fence and returns META as it is then: from here every earlier claim is void. @throws SessionNotFoundError */
  claim(key: SessionKey): Promise<SessionMeta>;
  /** The commit itself: sets `sealed`, `committedThrough` and `archiveCount` in one conditional write. */
  seal(key: SessionKey, fence: number, seal: Seal): Promise<void>;
  /** Removes `sealed`: its archive is complete. */
  unseal(key: SessionKey, fence: number): Promise<void>;

  /** One page of the log between two positions, both included. */
  readRange(key: SessionKey, range: LogRange): Promise<LogPage>;
  /** Closes a position if it is absent; returns whether it did so. */
  voidPosition(key: SessionKey, position: number, expiresAtMs: number): Promise<boolean>;
  /** Overwrites at most `ITEMS_PER_REQUEST` records; returns those that the database did not get to. */
  putTombstones(
    key: SessionKey,
    tombstones: readonly LogTombstone[],
    expiresAtMs: number,
  ): Promise<LogTombstone[]>;

  /** Writes a chunk if absent; returns whether it did so. */
  putChunk(key: SessionKey, archive: number, index: number, chunk: Uint8Array): Promise<boolean>;
  readChunk(key: SessionKey, archive: number, index: number): Promise<Uint8Array | undefined>;
  /** Writes a manifest if absent; returns whether it did so. */
  putManifest(key: SessionKey, manifest: Manifest): Promise<boolean>;
  readManifest(key: SessionKey, archive: number): Promise<Manifest | undefined>;
  /**
   * Of at most `MANIFESTS_PER_REQUEST` archives, those manifests that exist and that the database got to, with the
   * given parts only. `readAllManifests` asks for the rest.
   */
  readManifests<Part extends ManifestPart>(
    key: SessionKey,
    archives: readonly number[],
    parts: readonly Part[],
  ): Promise<ManifestBatch<Part>>;
  /** Records a step's result unless the step has one; returns whether it did so. */
  recordStep<S extends FollowUpStep>(
    key: SessionKey,
    archive: number,
    step: S,
    result: NonNullable<FollowUpProgress[S]>,
  ): Promise<boolean>;
  /** Sets the state of an archive's follow-up; `completed` is final. */
  setFollowUpState(key: SessionKey, archive: number, state: FollowUpProgress['state']): Promise<void>;

  /** Writes the status of a new request if its id is unknown; returns whether it did so. */
  putCommit(key: SessionKey, commit: CommitStatus, expiresAtMs: number): Promise<boolean>;
  readCommit(key: SessionKey, commitId: string): Promise<CommitStatus | undefined>;
  /**
   * Applies a change if the commit may take its transition; returns whether it did so.
   *
   * @param created with it, a commit that has no status yet (its request came past the API, or its status has
   * expired) is created by the change; without it, the change then does not apply.
   */
  changeCommit(
    key: SessionKey,
    commitId: string,
    change: CommitChange,
    created?: Pick<CommitStatus, 'keepRecent' | 'requestedAtMs'> & { readonly expiresAtMs: number },
  ): Promise<boolean>;
  /**
   * Marks a commit as `retrying` if its timeline is still the one that was seen; returns whether it did so. Until when
   * the worker of an earlier last delivery could live is forgotten: there will be another last delivery.
   */
  retryCommit(key: SessionKey, commitId: string, retry: CommitRetry): Promise<boolean>;
  /** Adds to a commit's timeline and changes nothing else. */
  addToTimeline(key: SessionKey, commitId: string, entry: TimelineEntry): Promise<void>;
  /** Notes on a commit that has a status until when the worker of its last delivery can live. */
  noteLastAttempt(key: SessionKey, commitId: string, untilMs: number): Promise<void>;
  /** Replaces META by a mark that the session is deleted: nothing can be appended, claimed or created any more. */
  markDeleted(key: SessionKey, fence: number, deleted: DeletedSession): Promise<void>;
  readDeleted(key: SessionKey): Promise<DeletedSession | undefined>;
  /** Overwrites at most `ITEMS_PER_REQUEST` positions with voids; returns those that the database did not get to. */
  closePositions(key: SessionKey, positions: readonly number[], expiresAtMs: number): Promise<number[]>;
  /** The names of at most `limit` items of the session, its mark and its log excepted. */
  listItems(key: SessionKey, limit: number): Promise<string[]>;
  /** Deletes at most `ITEMS_PER_REQUEST` items by name; returns those that the database did not get to. */
  deleteItems(key: SessionKey, names: readonly string[]): Promise<string[]>;

  /** Remembers the commit requested last, unless one that reaches further is remembered already. */
  rememberRequest(key: SessionKey, requested: RequestedCommit): Promise<void>;

  /** Has a session with a policy checked no later than then. */
  scheduleCheck(key: SessionKey, checkAtMs: number): Promise<void>;
  /**
   * Ends the check that was due at `seenAtMs`, and remembers what it found, if that is given: the next is at
   * `nextAtMs`, another moment. Returns whether it did so: of several that have seen one check, one is told so.
   */
  moveCheck(
    key: SessionKey,
    check: { readonly seenAtMs: number; readonly nextAtMs: number; readonly checkedNextSeq?: number },
  ): Promise<boolean>;
  /** Ends the check that was due at `seenAtMs`, if `nextSeq` is still the same; none comes after it. */
  removeCheck(key: SessionKey, check: { readonly seenAtMs: number; readonly nextSeq: number }): Promise<void>;
  /** One page of the sessions whose check is due by `untilMs`, the longest due first. Alone among the reads, it may lag. */
  listDueChecks(shard: number, untilMs: number, after?: DueChecks['nextAfter']): Promise<DueChecks>;
}

interface ManifestBatch<Part extends ManifestPart> {
  /** Oldest first. */
  readonly manifests: readonly ManifestExcerpt<Part>[];
  /** The archives that the database did not get to. */
  readonly left: readonly number[];
}

/** What a session is told about its memories, and about its commits. */
type SessionSettings = Pick<SessionMeta, 'scope' | 'memoryCategories' | 'autoCommit'>;

/** A new policy is checked at `checkAtMs`; `null` takes the policy away, and the check with it. */
type SettingsChange = Partial<Omit<SessionSettings, 'autoCommit'>> & {
  readonly autoCommit?: { readonly policy: AutoCommitPolicy; readonly checkAtMs: number } | null;
};

export interface TakenPosition {
  readonly position: number;
  /** As it is from then on, with what was added. */
  readonly meta: SessionMeta;
}

/** What is left of a deleted session: its id is not used again. */
export interface DeletedSession {
  readonly deletedAtMs: number;
  /** Where its memories are, for a deletion that is to take them along. */
  readonly scope: string;
  /** The positions, both included, that may still hold messages, or be written late. */
  readonly liveFrom: number;
  readonly liveTo: number;
}

interface DueChecks {
  readonly sessions: readonly { readonly key: SessionKey; readonly checkAtMs: number }[];
  /** Where the next page begins, as this store wants it; absent on the last. */
  readonly nextAfter?: Readonly<Record<string, unknown>>;
}

interface LogRange {
  readonly from: number;
  readonly to: number;
  /** At most this many entries; a page may hold fewer. */
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

interface LogPage {
  readonly entries: readonly LogEntry[];
  /** False when the page ended, by size or limit, before the end of the range. */
  readonly complete: boolean;
}

/** Scheduled checks are kept in so many parts, so that no single one limits how many there can be. */
export const CHECK_SHARDS = 8;

/** What a database takes in one batch write. */
export const ITEMS_PER_REQUEST = 25;

/** What a database gives in one batch read. */
export const MANIFESTS_PER_REQUEST = 100;
