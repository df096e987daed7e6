import type { Clock } from '../clock/index.ts';
import { isRunning } from '../session/commit-states.ts';
import { CommitlaneUsageError, CommitWatchTimeoutError } from './errors.ts';
import type { CommitView } from './views.ts';

export interface WatchOptions {
  readonly signal?: AbortSignal;
  /** Between two looks, from a change on. 10 to 60 000, by default 250. While nothing changes it grows to 2 000. */
  readonly pollIntervalMs?: number;
  /** For the whole watch. 1 to 86 400 000, by default 900 000: longer than all that a commit may take. */
  readonly timeoutMs?: number;
}

const defaults = { pollIntervalMs: 250, timeoutMs: 900_000 } satisfies WatchOptions;
const SLOWEST_POLL_MS = 2_000;
const SLOWER_EACH_TIME = 1.5;

/**
 * Yields a commit as it is now and after each change, the last time when it runs no more: `completed`, `empty`,
 * `skipped`, `cancelled` or `dead-lettered`.
 *
 * @throws CommitWatchTimeoutError when `timeoutMs` is over first; what `getCommit` throws.
 */
export async function* watchCommit(
  getCommit: (signal: AbortSignal | undefined) => Promise<CommitView>,
  clock: Clock,
  options: WatchOptions = {},
): AsyncGenerator<CommitView, void, undefined> {
  const { pollIntervalMs, timeoutMs } = checked(options);
  const endsAtMs = clock.now() + timeoutMs;
  let last: CommitView | undefined;
  let intervalMs = pollIntervalMs;
  for (;;) {
    const commit = await getCommit(options.signal);
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

function slower(intervalMs: number): number {
  return Math.max(intervalMs, Math.min(SLOWEST_POLL_MS, Math.round(intervalMs * SLOWER_EACH_TIME)));
}

function checked(options: WatchOptions): { pollIntervalMs: number; timeoutMs: number } {
  const pollIntervalMs = options.pollIntervalMs ?? defaults.pollIntervalMs;
  const timeoutMs = options.timeoutMs ?? defaults.timeoutMs;
  requireBetween('pollIntervalMs', pollIntervalMs, 10, 60_000);
  requireBetween('timeoutMs', timeoutMs, 1, 86_400_000);
  return { pollIntervalMs, timeoutMs };
}

function requireBetween(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new CommitlaneUsageError(`watchCommit's ${name} must be from ${min} to ${max}, not ${value}.`);
}
