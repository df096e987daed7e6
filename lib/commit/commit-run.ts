import type { Clock } from '../clock/index.ts';

import type { CommitMessage, FollowUpMessage, Sender } from '../queue/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { ArchiveStore, CommitStatusStore, LogStore, MetaStore } from '../store/index.ts';
import type { Trace } from '../trace/index.ts';
import type { CommitEventDetails } from './commit-event.ts';

/** One run of a commit, under the lease: its ports stop working when the lease is lost or the time is up. */
export interface CommitRun {
  readonly key: SessionKey;
  readonly message: CommitMessage;
  /** This run's claim; every write to META is conditional on it. */
  readonly fence: number;
  readonly store: MetaStore & LogStore & ArchiveStore & CommitStatusStore;
  readonly followUps: Sender<FollowUpMessage>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly report: (event: CommitEventDetails) => void;
  readonly trace: Trace;
}
