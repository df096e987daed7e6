import type { CommitView } from '../../../lib/client/index.ts';

/** A commit and what was last seen of it. */
export interface TrackedCommit {
  readonly sessionId: string;
  readonly commitId: string;
  /** Absent until it has been seen. */
  readonly view?: CommitView;
  /** Why it could not be watched to its end. */
  readonly failure?: Error;
}

/** Watches commits, reports each change, and remembers how they ended. Dispose of it to stop watching. */
export interface CommitTracker extends AsyncDisposable {
  /**
   * Watches a commit from now on; one that is watched already is not watched twice.
   *
   * Resolves once its messages are in an archive, or it has ended otherwise, or can be watched no longer.
   */
  track(sessionId: string, commitId: string): Promise<void>;
  /**
   * Resolves when every commit that is tracked by now has ended, or can be watched no longer.
   *
   * @throws the signal's reason.
   */
  untilAllEnded(signal: AbortSignal): Promise<void>;
  commits(): readonly TrackedCommit[];
}
