import type {
  CommitChange,
  CommitDeath,
  CommitRetry,
  CommitStatus,
  LastAttempt,
  SessionKey,
  TimelineEntry,
} from '../session/index.ts';

/** The port to the statuses of a session's commits. */
export interface CommitStatusStore {
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
   * the worker of an earlier last delivery could live is forgotten, and its check ends: there will be another last
   * delivery.
   */
  retryCommit(key: SessionKey, commitId: string, retry: CommitRetry): Promise<boolean>;
  /** Records the death that was seen, and ends the commit's check, if both are as they were; returns whether it did so. */
  recordDeath(key: SessionKey, commitId: string, death: CommitDeath): Promise<boolean>;
  /** Adds to a commit's timeline and changes nothing else. */
  addToTimeline(key: SessionKey, commitId: string, entry: TimelineEntry): Promise<void>;
  /**
   * Notes on a commit that has a status until when the worker of a last delivery can live, and schedules its check. One of a commit whose archive
   * is there is not noted: it has nothing left to do, and the follow-up's may be.
   */
  noteLastAttempt(key: SessionKey, commitId: string, attempt: LastAttempt): Promise<void>;
}
