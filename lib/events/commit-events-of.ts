import type { CommitStatus, SessionKey, TimelineEntry } from '../session/index.ts';
import { eventMark } from './event-mark.ts';
import { type CommitEventDetail, EVENT_VERSION, type ToldState, toldStates } from './event-schema.ts';
import { iso } from './iso.ts';
import type { StreamChange } from './stream-change.ts';

/** A commit's status before and after one write. */
export interface StatusChange {
  /** Absent where the write made it. */
  readonly before?: CommitStatus | undefined;
  readonly after: CommitStatus;
}

interface Told {
  readonly state: 'archived' | ToldState;
  readonly entry: Omit<TimelineEntry, 'event'>;
}

/**
 * What a write to a commit's status has to tell, in order.
 *
 * - A follow-up may complete a commit, or give it up, before that reads `archived`. The archive is told all the same,
 *   and first, so that nobody waits for it in vain.
 * - A replay writes down the death that nobody recorded, together with `retrying`; and it may give a commit up again
 *   that still reads `dead-lettered`. So ends are read off the entries that are new in the timeline, not off the state.
 */
export function commitEventsOf(
  change: StreamChange,
  key: SessionKey,
  statuses: StatusChange,
): CommitEventDetail[] {
  const { commitId, archive, reason, requestedAtMs } = statuses.after;
  return [...archivedIn(statuses), ...endsIn(statuses)].map(({ state, entry }, place) => ({
    type: `commit.${state}` as const,
    ...eventMark(change, place),
    version: EVENT_VERSION,
    at: iso(entry.atMs),
    ...key,
    commitId,
    ...(archive !== undefined && { archive }),
    requestedAt: iso(requestedAtMs),
    ...(reason !== undefined && { reason }),
    ...(entry.detail !== undefined && { detail: entry.detail }),
  }));
}

function archivedIn({ before, after }: StatusChange): Told[] {
  if (after.archive === undefined || before?.archive !== undefined) return [];
  const { timeline, requestedAtMs } = after;
  const own = timeline.find(({ event }) => event === 'archived');
  // Otherwise the entry that tells the archive is about something else, and so is what it says.
  const entry = own ?? { atMs: timeline.at(-1)?.atMs ?? requestedAtMs };
  return [{ state: 'archived', entry }];
}

function endsIn({ before, after }: StatusChange): Told[] {
  return newEntries(before?.timeline ?? [], after.timeline).flatMap((entry) => {
    const state = toldStates.find((one) => one === entry.event);
    return state ? [{ state, entry }] : [];
  });
}

/** A retry may leave out the middle of a timeline, never its end. */
function newEntries(before: readonly TimelineEntry[], after: readonly TimelineEntry[]) {
  const known = textOf(before.at(-1));
  return after.slice(after.findLastIndex((entry) => textOf(entry) === known) + 1);
}

function textOf(entry: TimelineEntry | undefined): string | undefined {
  return entry && JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
}
