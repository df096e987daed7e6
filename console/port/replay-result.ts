import type { Replay } from '../../lib/dead-letters/index.ts';

/** What came of a replay. */
export interface ReplayResult {
  readonly resent: number;
  /** Planned, and not on the dead-letter queue any more when it began: somebody else has replayed or removed them. */
  readonly gone: number;
  /** Sent, and still on the dead-letter queue: sending them again changes nothing. */
  readonly notRemoved: number;
  /** Sent, and not noted on their commit. */
  readonly unrecorded: number;
  /** Somebody stopped it before its end. */
  readonly isStopped: boolean;
  /** The commits whose letters were sent, to be followed. */
  readonly replays: readonly Replay[];
}
