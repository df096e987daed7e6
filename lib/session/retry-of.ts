import { type CommitRetry, entryOf } from './commit-change.ts';
import type { CommitStatus, TimelineEntry } from './commit-status.ts';
import { mayTake } from './commit-transitions.ts';
import { lastAttemptUntilMsOf, statusAsOf } from './status-as-of.ts';

/** Beyond this a retry drops the middle of a timeline, so that a commit may be replayed any number of times: an item has 400 KB. */
const MAX_ENTRIES = 100;
const FIRST_ENTRIES = 10;

/**
 * What marks a commit as `retrying` whose message was dead-lettered and is sent or delivered again; undefined when
 * there is nothing to mark: the commit has ended, or the message is that of an archive which is there already.
 *
 * A worker that was killed at the last delivery left no word: its death, which only the time tells, or that there is a
 * letter, is written down with the retry.
 *
 * @param status as it is stored.
 * @param what whether the message asks for the commit, or for the follow-up of its archive.
 */
export function retryOf(
  status: CommitStatus,
  what: 'commit' | 'follow-up',
  { nowMs, detail }: { readonly nowMs: number; readonly detail: string },
): CommitRetry | undefined {
  const transition = what === 'commit' ? 'retry' : 'retry-follow-up';
  if (!mayTake(transition, status)) return undefined;
  const entry = entryOf({ transition, entry: { atMs: nowMs, detail } });
  return { transition, seen: status, timeline: [...shortened(withDeath(status, nowMs)), entry] };
}

function withDeath(status: CommitStatus, nowMs: number): readonly TimelineEntry[] {
  const lastAttemptUntilMs = lastAttemptUntilMsOf(status) ?? nowMs;
  const { timeline } = statusAsOf(status, Math.max(nowMs, lastAttemptUntilMs + 1));
  const isTold = (index: number) => index < status.timeline.length;
  return timeline.map((entry, index) =>
    isTold(index) ? entry : { ...entry, atMs: Math.min(entry.atMs, nowMs) },
  );
}

function shortened(timeline: readonly TimelineEntry[]): readonly TimelineEntry[] {
  if (timeline.length < MAX_ENTRIES) return timeline;
  const last = timeline.slice(timeline.length - (MAX_ENTRIES - FIRST_ENTRIES - 2));
  const gap = {
    atMs: last[0]?.atMs ?? 0,
    event: 'left-out',
    detail: 'earlier entries, to keep the timeline short',
  };
  return [...timeline.slice(0, FIRST_ENTRIES), gap, ...last];
}
