import type { LeaseContext } from '../lease/index.ts';
import type { Limits } from '../limits/index.ts';
import type { FollowUpMessage, Sender } from '../queue/index.ts';
import type { ArchiveStore, CommitStatusStore, LogStore, MetaStore } from '../store/index.ts';
import type { Trace } from '../trace/index.ts';
import type { CommitEvent } from './commit-event.ts';

/** What committing depends on. */
export interface CommitContext {
  readonly store: MetaStore & LogStore & ArchiveStore & CommitStatusStore;
  readonly followUps: Sender<FollowUpMessage>;
  readonly lease: LeaseContext;
  readonly limits: Pick<Limits, 'lease' | 'commit'>;
  /** Names this worker to others that find the lease busy. */
  readonly owner: string;
  readonly onEvent: (event: CommitEvent) => void;
  /** Traces the steps; default untraced. */
  readonly trace?: Trace;
}
