import type {
  Amount,
  AutoCommitPolicy,
  RequestedCommit,
  Seal,
  SessionKey,
  SessionMeta,
} from '../session/index.ts';

/** The port to a session's META. */
export interface MetaStore {
  /** Writes META if the session does not exist; returns whether it did so. */
  createSession(
    key: SessionKey,
    settings: SessionSettings & { readonly createdAtMs: number },
  ): Promise<boolean>;
  readMeta(key: SessionKey): Promise<SessionMeta | undefined>;
  /**
   * Changes the given settings only. A change of scope demands the one that was seen, so that it is kept among the
   * former ones; undefined when it is another by now, or the session is gone. @throws SessionNotFoundError for any other change
   */
  updateSettings(key: SessionKey, settings: SettingsChange): Promise<SessionMeta | undefined>;

  /**
   * Hands out the next position, once, ever, counts what is to be written there, and notes that the session was active.
   *
   * @throws SessionNotFoundError
   */
  takePosition(key: SessionKey, added: Amount, activeAtMs: number): Promise<TakenPosition>;

  /** Adds 1 to the fence and returns META as it is then: from here every earlier claim is void. @throws SessionNotFoundError */
  claim(key: SessionKey): Promise<SessionMeta>;
  /** The commit itself: sets `sealed`, `committedThrough` and `archiveCount` in one conditional write. */
  seal(key: SessionKey, fence: number, seal: Seal): Promise<void>;
  /** Removes `sealed`: its archive is complete. */
  unseal(key: SessionKey, fence: number): Promise<void>;

  /** Remembers the commit requested last, unless one that reaches further is remembered already. */
  rememberRequest(key: SessionKey, requested: RequestedCommit): Promise<void>;
}

/** What a session is told about itself, its memories, and its commits. */
type SessionSettings = Pick<SessionMeta, 'scope' | 'title' | 'memoryCategories' | 'autoCommit'>;

/** `null` takes the title or the restriction away, or the policy and its check. A new policy is checked at `checkAtMs`. */
type SettingsChange = {
  readonly scope?: { readonly from: string; readonly to: string; readonly formerScopes: readonly string[] };
  readonly title?: string | null;
  readonly memoryCategories?: NonNullable<SessionSettings['memoryCategories']> | null;
  readonly autoCommit?: { readonly policy: AutoCommitPolicy; readonly checkAtMs: number } | null;
};

export interface TakenPosition {
  readonly position: number;
  /** As it is from then on, with what was added. */
  readonly meta: SessionMeta;
}
