import { statesBeforeArchive } from './commit-states.ts';
import type { CommitState, CommitStatus } from './commit-status.ts';

/** One way of a commit from state to state; docs/protocol.md has the picture of all of them. */
export interface CommitTransition {
  /** Applies in these states only. A commit that has no status yet may be created by it: see `changeCommit`. */
  readonly from: readonly CommitState[];
  readonly to: CommitState;
  /** Applies only while the commit has no archive: phase 1 ends once. */
  readonly onlyBeforeArchive: boolean;
  /** What the timeline calls it; by default as the state that it leads to. */
  readonly event?: string;
}

const transitions = {
  /** A worker has the lease, and begins: from here the commit cannot be cancelled. */
  start: { from: [...statesBeforeArchive, 'dead-lettered'], to: 'committing', onlyBeforeArchive: true },
  /** Its messages are in an archive. Whoever finishes a seal writes so, also on a commit that was given up meanwhile. */
  archive: { from: [...statesBeforeArchive, 'dead-lettered'], to: 'archived', onlyBeforeArchive: true },
  /** Nothing was live that it may take. */
  'end-empty': { from: ['committing'], to: 'empty', onlyBeforeArchive: true },
  cancel: { from: ['queued'], to: 'cancelled', onlyBeforeArchive: true },
  /** The lease stayed busy, and the limits say `skip`. One that has begun may have sealed, and must be finished. */
  skip: { from: ['queued'], to: 'skipped', onlyBeforeArchive: true },
  'give-up': { from: statesBeforeArchive, to: 'dead-lettered', onlyBeforeArchive: true },
  /** At a delivery of a replayed message, whose mark (`retry`) may have failed: then the death before is still there. */
  'give-up-again': {
    from: [...statesBeforeArchive, 'dead-lettered'],
    to: 'dead-lettered',
    onlyBeforeArchive: true,
  },
  /** The commit message is sent again, or delivered after that; written by `retryCommit`. */
  retry: { from: [...statesBeforeArchive, 'dead-lettered'], to: 'retrying', onlyBeforeArchive: true },
  /** Nothing was heard of it for a minute, and its message was sent again. It stays in the state that was seen. */
  'send-again-queued': sentAgain('queued'),
  'send-again-committing': sentAgain('committing'),
  'send-again-retrying': sentAgain('retrying'),

  // The follow-up may overtake what is left of its commit: it was handed over before the commit reads `archived`.
  /** Summary and memories are there. */
  complete: {
    from: [...statesBeforeArchive, 'archived', 'dead-lettered'],
    to: 'completed',
    onlyBeforeArchive: false,
  },
  'give-up-follow-up': {
    from: [...statesBeforeArchive, 'archived'],
    to: 'dead-lettered',
    onlyBeforeArchive: false,
  },
  /** As `give-up-again`. */
  'give-up-follow-up-again': {
    from: [...statesBeforeArchive, 'archived', 'dead-lettered'],
    to: 'dead-lettered',
    onlyBeforeArchive: false,
  },
  /** As `retry`, of the follow-up's message. */
  'retry-follow-up': {
    from: [...statesBeforeArchive, 'archived', 'dead-lettered'],
    to: 'retrying',
    onlyBeforeArchive: false,
  },
} satisfies Readonly<Record<string, CommitTransition>>;

export type CommitTransitionName = keyof typeof transitions;

/** All that can become of a commit once it is requested (`queued`). */
export const commitTransitions: Readonly<Record<CommitTransitionName, CommitTransition>> = transitions;

/** Whether a commit, as it is, may take a transition. */
export function mayTake(
  name: CommitTransitionName,
  { state, archive }: Pick<CommitStatus, 'state' | 'archive'>,
): boolean {
  const { from, onlyBeforeArchive } = commitTransitions[name];
  return from.includes(state) && !(onlyBeforeArchive && archive !== undefined);
}

function sentAgain(state: CommitState): CommitTransition {
  return { from: [state], to: state, onlyBeforeArchive: true, event: 'sent-again' };
}
