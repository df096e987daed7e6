import type { Clock } from '../clock/index.ts';
import type { CommitEvent } from '../commit/index.ts';
import type { CommitMessage, Sender } from '../queue/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { ArchiveStore, CheckStore, CommitStatusStore, LogStore, MetaStore } from '../store/index.ts';
import type { AutoCommitEvent } from './auto-commit-event.ts';

/** What it takes to commit sessions as their policies say. */
export interface AutoCommitContext {
  readonly store: MetaStore & LogStore & CommitStatusStore & CheckStore;
  readonly commits: Sender<CommitMessage>;
  readonly clock: Clock;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
  readonly onEvent: (event: AutoCommitEvent) => void;
}

export interface CheckContext extends AutoCommitContext {
  readonly store: AutoCommitContext['store'] & Pick<ArchiveStore, 'setFollowUpState'>;
  readonly onEvent: (event: AutoCommitEvent | CommitEvent) => void;
  /** Surrounds the check of one session or commit, so that what is reported and sent meanwhile can be told from the others'. */
  readonly around: <T>(key: SessionKey, check: () => Promise<T>) => Promise<T>;
}
