import type { Clock } from '../clock/index.ts';
import { isRunning } from '../session/commit-states.ts';
import { CommitlaneApiError, CommitWatchTimeoutError } from './errors.ts';
import type { CommitView } from './views.ts';
import { type Bounds, wholeNumbers } from './whole-numbers.ts';

/** Numbers are whole. */
export interface WatchOptions {
  readonly signal?: AbortSignal;
  /**
   * How long the API may hold back one answer while nothing changes: 0 to 20, by default 20. A waiting request occupies the
   * API's function; 0 polls instead.
   */
  readonly waitSeconds?: number;
  /**
   * Between an answer and the next request: changes that are closer together are seen as one. 10 to 60 000, by default
   * 250. While nothing changes it grows to 2 000, which is the pace of a watch that polls.
   */
  readonly pollIntervalMs?: number;
  /** For the whole watch. 1 to 86 400 000, by default 900 000: longer than all that a commit may take. */
  readonly timeoutMs?: number;
}

/** What the API is asked to wait for. */
interface CommitWait {
  readonly waitSeconds: number;
  /** How many entries of the timeline were seen. */
  readonly seen: number;
}

/** Asks for a commit; `wait` is undefined where the answer is not to be held back. */
export type AskForCommit = (
  wait: CommitWait | undefined,
  signal: AbortSignal | undefined,
) => Promise<CommitView>;

const defaults = { waitSeconds: 20, pollIntervalMs: 250, timeoutMs: 900_000 } satisfies WatchOptions;
const bounds: Bounds<keyof typeof defaults> = {
  waitSeconds: [0, 20],
  pollIntervalMs: [10, 60_000],
  timeoutMs: [1, 86_400_000],
};
const SLOWEST_POLL_MS = 2_000;
const SLOWER_EACH_TIME = 1.5;

/**
 * Yields a commit as it is now and after each change, the last time when it runs no more: `completed`, `empty`,
 * `skipped`, `cancelled` or `dead-lettered`. An API that cannot wait is polled.
 *
 * @throws CommitWatchTimeoutError when `timeoutMs` is over first; CommitlaneUsageError; what `getCommit` throws.
 */
export async function* watchCommit(
  askForCommit: AskForCommit,
  clock: Clock,
  options: WatchOptions = {},
): AsyncGenerator<CommitView, void, undefined> {
  const { waitSeconds, pollIntervalMs, timeoutMs } = wholeNumbers("watchCommit's", options, defaults, bounds);
  const ask = patiently(askForCommit, options.signal);
  const endsAtMs = clock.now() + timeoutMs;
  let last: CommitView | undefined;
  let intervalMs = pollIntervalMs;
  for (;;) {
    const secondsLeft = Math.floor((endsAtMs - clock.now()) / 1_000);
    const commit = await ask(last, Math.min(waitSeconds, secondsLeft));
    const isNews = !last || last.state !== commit.state || last.timeline.length !== commit.timeline.length;
    if (isNews) yield commit;
    if (!isRunning(commit.state)) return;
    last = commit;
    intervalMs = isNews ? pollIntervalMs : slower(intervalMs);
    const remainingMs = endsAtMs - clock.now();
    if (remainingMs <= 0) throw new CommitWatchTimeoutError(commit, timeoutMs);
    await clock.sleep(Math.min(intervalMs, remainingMs), options.signal);
  }
}

/** Asks with a wait, once a commit was seen, until an API refuses to: deployments of earlier versions do. */
function patiently(askForCommit: AskForCommit, signal: AbortSignal | undefined) {
  let mayWait = true;
  return async (last: CommitView | undefined, waitSeconds: number): Promise<CommitView> => {
    if (mayWait && last && waitSeconds > 0) {
      try {
        return await askForCommit({ waitSeconds, seen: last.timeline.length }, signal);
      } catch (error) {
        if (!(error instanceof CommitlaneApiError) || error.status !== 400) throw error;
        mayWait = false;
      }
    }
    return askForCommit(undefined, signal);
  };
}

function slower(intervalMs: number): number {
  return Math.max(intervalMs, Math.min(SLOWEST_POLL_MS, Math.round(intervalMs * SLOWER_EACH_TIME)));
}
