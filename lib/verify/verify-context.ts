import type { Clock } from '../clock/index.ts';
import type { DeadLetter } from '../dead-letters/index.ts';
import type { Limits } from '../limits/index.ts';
import type { ArchiveStore, DeletionStore, MetaStore } from '../store/index.ts';
import type { QueueSnapshot } from './is-orphaned.ts';
import type { SessionItems } from './session-items.ts';

/** What verifying depends on. It reads, and writes nothing. */
export interface VerifyContext {
  readonly store: MetaStore & ArchiveStore & DeletionStore;
  readonly items: SessionItems;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly limits: Pick<Limits, 'lease' | 'commit' | 'followUp'>;
  /** Deliveries before a message goes to its dead-letter queue. */
  readonly maxReceiveCount: number;
  readonly commitQueue: QueueSnapshot;
  /** Those that are known, of all sessions. */
  readonly deadLetters: readonly DeadLetter[];
}
