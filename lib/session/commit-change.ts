import type { CommitStatus, TimelineEntry } from './commit-status.ts';
import { type CommitTransitionName, commitTransitions } from './commit-transitions.ts';

/** One step of a commit's life. It applies only where the commit may take the transition. */
export interface CommitChange {
  readonly transition: CommitTransitionName;
  /** The archive that the commit's messages are in, of a change that knows it. */
  readonly archive?: number;
  /** The transition says what the timeline calls it. */
  readonly entry: Omit<TimelineEntry, 'event'>;
}

/** Marks that a dead-lettered commit is tried again. It applies only if the timeline is still the one that was seen. */
export interface CommitRetry {
  readonly transition: Extract<CommitTransitionName, 'retry' | 'retry-follow-up'>;
  readonly seen: Pick<CommitStatus, 'state' | 'timeline'>;
  /** Takes the place of the one that was seen; ends with the entry of the retry. */
  readonly timeline: readonly TimelineEntry[];
}

/** Records a death that nobody has recorded. It applies only if the commit, and its check, are still what was seen. */
export interface CommitDeath {
  readonly transition: Extract<CommitTransitionName, 'give-up' | 'give-up-follow-up'>;
  readonly seen: Pick<CommitStatus, 'state' | 'timeline'>;
  /** When the check was due that found it. */
  readonly checkAtMs: number;
  readonly entry: Omit<TimelineEntry, 'event'>;
}

/** What a change adds to the timeline. */
export function entryOf({ transition, entry }: Pick<CommitChange, 'transition' | 'entry'>): TimelineEntry {
  const { event, to } = commitTransitions[transition];
  return { ...entry, event: event ?? to };
}
