import type { Clock } from '../clock/index.ts';
import {
  type CommitState,
  type CommitStatus,
  type SessionKey,
  statusAsOf,
  type TimelineEntry,
} from '../session/index.ts';
import { type CommitStatusStore, StoreUnavailableError } from '../store/index.ts';
import { type ExplainedLetter, isExtractionAgain } from './explain-letter.ts';

/** A commit whose letters were sent again. */
export interface Replay extends SessionKey {
  readonly commitId: string;
  /** Its timeline before they were sent, if it had one: what it reads until then is no news. */
  readonly seen?: readonly TimelineEntry[];
}

/** What became of it. `ended`: skipped, cancelled, or gone with its session. `running`: not known yet. */
export interface FollowedReplay extends Omit<Replay, 'seen'> {
  readonly outcome: 'completed' | 'dead-again' | 'ended' | 'running';
  readonly state?: CommitState;
  /** Of one that failed again: why. */
  readonly detail?: string;
}

export interface FollowContext {
  readonly store: CommitStatusStore;
  readonly clock: Clock;
  /** Ends it early; so does `timeoutMs`. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly onProgress: (followed: readonly FollowedReplay[]) => void;
}

/** Between two looks at all that run. It grows while nothing ends. */
const FIRST_POLL_MS = 500;
const SLOWEST_POLL_MS = 5_000;
const READS_AT_ONCE = 10;

/** The commits of letters that were sent: each once, without those of which a replay changes nothing, now or at all. */
export function replaysOf(letters: readonly ExplainedLetter[]): Replay[] {
  const replays = new Map<string, Replay>();
  for (const { letter, commit, prospect } of letters) {
    const { content } = letter;
    if (content.type === 'unreadable' || prospect === 'done' || prospect === 'gone') continue;
    if (isExtractionAgain(letter)) continue;
    const { tenant, session, commitId } = content.message;
    const replay = { tenant, session, commitId, ...(commit && { seen: commit.timeline }) };
    replays.set(JSON.stringify([tenant, session, commitId]), replay);
  }
  return [...replays.values()];
}

/**
 * Follows commits that were sent again until each has ended or died again, or until time is up or somebody stops it.
 * One read of each that runs, at every look; one that the database does not answer is taken as still running.
 *
 * @returns all of them, in their order.
 */
export async function followReplays(
  { store, clock, signal, timeoutMs, onProgress }: FollowContext,
  replays: readonly Replay[],
): Promise<FollowedReplay[]> {
  const followed: FollowedReplay[] = replays.map(({ seen: _, ...replay }) => ({
    ...replay,
    outcome: 'running',
  }));
  const endsAtMs = clock.now() + timeoutMs;
  let pollMs = FIRST_POLL_MS;
  for (;;) {
    const running = [...followed.keys()].filter((index) => followed[index]?.outcome === 'running');
    let ended = 0;
    for (let start = 0; start < running.length && !signal.aborted; start += READS_AT_ONCE) {
      await Promise.all(
        running.slice(start, start + READS_AT_ONCE).map(async (index) => {
          const replay = replays[index];
          if (!replay) return;
          const now = await lookAt(store, replay, clock.now());
          followed[index] = now;
          if (now.outcome !== 'running') ended += 1;
        }),
      );
    }
    onProgress(followed);
    const leftMs = endsAtMs - clock.now();
    if (ended === running.length || leftMs <= 0) return followed;
    pollMs = ended > 0 ? FIRST_POLL_MS : Math.min(SLOWEST_POLL_MS, pollMs * 1.5);
    try {
      await clock.sleep(Math.min(pollMs, leftMs), signal);
    } catch (error) {
      if (!signal.aborted || error !== signal.reason) throw error;
      return followed;
    }
  }
}

async function lookAt(
  store: CommitStatusStore,
  { seen, ...replay }: Replay,
  nowMs: number,
): Promise<FollowedReplay> {
  try {
    const stored = await store.readCommit(replay, replay.commitId);
    if (!stored) return { ...replay, outcome: seen ? 'ended' : 'running' };
    const status = statusAsOf(stored, nowMs);
    const outcome = isUnchanged(status, seen) ? 'running' : outcomes[status.state];
    const { state } = status;
    const detail = outcome === 'dead-again' ? status.timeline.at(-1)?.detail : undefined;
    return { ...replay, outcome, state, ...(detail !== undefined && { detail }) };
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    return { ...replay, outcome: 'running' };
  }
}

/** Neither the replay nor its worker has noted anything yet: it reads as it did before. */
function isUnchanged({ timeline }: CommitStatus, seen: readonly TimelineEntry[] | undefined): boolean {
  return timeline.length === seen?.length && timeline.at(-1)?.atMs === seen.at(-1)?.atMs;
}

const outcomes: Readonly<Record<CommitState, FollowedReplay['outcome']>> = {
  queued: 'running',
  committing: 'running',
  archived: 'running',
  retrying: 'running',
  completed: 'completed',
  empty: 'completed',
  skipped: 'ended',
  cancelled: 'ended',
  'dead-lettered': 'dead-again',
};
