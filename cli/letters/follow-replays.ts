import type { Replay } from '../../lib/dead-letters/index.ts';
import { type Followed, followSent } from '../../operator/letters/index.ts';
import type { Target } from '../../operator/target/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { withProgress } from '../display/with-progress.ts';

/** Follows commits whose letters were sent until each has ended, or the time is over, and shows how many have. */
export function followReplays(
  cli: CliEnvironment,
  target: Target,
  replays: readonly Replay[],
  timeoutMs: number,
): Promise<Followed> {
  return withProgress(cli, (report) =>
    followSent(target, replays, {
      timeoutMs,
      signal: cli.signal,
      report: ({ completed, deadAgain, ended }) =>
        report({
          text: `have ended: ${completed} completed, ${deadAgain} failed again`,
          counted: { done: completed + deadAgain + ended, total: replays.length },
        }),
    }),
  );
}
