import {
  type ExplainedLetter,
  type FollowedReplay,
  followReplays,
  replaysOf,
} from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import type { ProgressBar } from '../display/progress-bar.ts';
import { partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';

/** What became of the commits whose letters were sent. */
export interface Followed {
  readonly completed: number;
  readonly deadAgain: number;
  /** Skipped, cancelled, or gone with their session. */
  readonly ended: number;
  readonly running: number;
  readonly commits: readonly FollowedReplay[];
}

interface Following {
  readonly waitMs: number;
  readonly barFor: (total: number) => ProgressBar;
}

/** Follows the commits of letters that were sent until each has ended, `waitMs` are over, or `cli.signal` aborts. */
export async function followSent(
  cli: CliEnvironment,
  target: Target,
  letters: readonly ExplainedLetter[],
  { waitMs, barFor }: Following,
): Promise<Followed> {
  const replays = replaysOf(letters);
  const { store } = partsOf(target, cli);
  const bar = barFor(replays.length);
  const onProgress = (commits: readonly FollowedReplay[]) => {
    const { completed, deadAgain, ended } = countFollowed(commits);
    const label = `have ended: ${completed} completed, ${deadAgain} dead again`;
    bar.update(completed + deadAgain + ended, label);
  };
  try {
    const context = { store, clock: cli.clock, signal: cli.signal, timeoutMs: waitMs, onProgress };
    return countFollowed(await followReplays(context, replays));
  } finally {
    bar.end();
  }
}

function countFollowed(commits: readonly FollowedReplay[]): Followed {
  const of = (outcome: FollowedReplay['outcome']) => commits.filter((one) => one.outcome === outcome).length;
  return {
    completed: of('completed'),
    deadAgain: of('dead-again'),
    ended: of('ended'),
    running: of('running'),
    commits,
  };
}
