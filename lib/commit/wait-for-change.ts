import type { Clock } from '../clock/index.ts';
import { type CommitStatus, isRunning, type SessionKey, statusAsOf } from '../session/index.ts';
import type { CommitStatusStore } from '../store/index.ts';
import { CommitNotFoundError } from './cancel-commit.ts';

export interface ChangeWait {
  /** For all looks together: 0 looks once. */
  readonly waitMs: number;
  /** How many entries of the commit's timeline are known already. Unless given, only a commit that runs no more is news. */
  readonly seen?: number | undefined;
  /** Ends the wait, but not the look that is under way; what was seen last is then the answer. */
  readonly signal: AbortSignal;
}

/** Between two looks: soon after the first, when most commits change, and then at the pace of a follow-up. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 1_000;
const LONGER_EACH_TIME = 1.5;

/**
 * Reads a commit until there is news of it, `waitMs` are over, or the signal aborts; returns it as it was at the last look.
 * News is another number of entries than were seen, and that the commit runs no more. Each look is one request.
 *
 * @throws CommitNotFoundError, also when it vanishes during the wait; what the store throws.
 */
export async function waitForChange(
  { store, clock }: { readonly store: Pick<CommitStatusStore, 'readCommit'>; readonly clock: Clock },
  key: SessionKey,
  commitId: string,
  { waitMs, seen, signal }: ChangeWait,
): Promise<CommitStatus> {
  const endsAtMs = clock.now() + waitMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * LONGER_EACH_TIME)) {
    const stored = await store.readCommit(key, commitId);
    if (!stored) throw new CommitNotFoundError(key, commitId);
    const status = statusAsOf(stored, clock.now());
    const leftMs = endsAtMs - clock.now();
    if (isNews(status, seen) || leftMs <= 0) return status;
    if (!(await pause(clock, Math.min(pauseMs, leftMs), signal))) return status;
  }
}

/** A timeline that was cut for a replay may be shorter than what was seen of it. */
function isNews({ state, timeline }: CommitStatus, seen: number | undefined): boolean {
  return !isRunning(state) || (seen !== undefined && timeline.length !== seen);
}

/** Whether it ended by itself: not by the signal. */
async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}
