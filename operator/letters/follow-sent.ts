import { type FollowedReplay, followReplays, type Replay } from '../../lib/dead-letters/index.ts';
import type { Target, Work } from '../target/index.ts';

/** What became of the commits whose letters were sent. */
export interface Followed {
  readonly completed: number;
  readonly deadAgain: number;
  /** Skipped, cancelled, or gone with their session. */
  readonly ended: number;
  readonly running: number;
  readonly commits: readonly FollowedReplay[];
}

export interface Following extends Work<Followed> {
  readonly timeoutMs: number;
}

/** Follows commits whose letters were sent until each has ended, the time is over, or the signal aborts. */
export async function followSent(
  { store, clock }: Target,
  replays: readonly Replay[],
  { timeoutMs, signal, report }: Following,
): Promise<Followed> {
  const onProgress = (commits: readonly FollowedReplay[]) => report?.(countFollowed(commits));
  return countFollowed(await followReplays({ store, clock, signal, timeoutMs, onProgress }, replays));
}

export function countFollowed(commits: readonly FollowedReplay[]): Followed {
  const of = (outcome: FollowedReplay['outcome']) => commits.filter((one) => one.outcome === outcome).length;
  return {
    completed: of('completed'),
    deadAgain: of('dead-again'),
    ended: of('ended'),
    running: of('running'),
    commits,
  };
}
