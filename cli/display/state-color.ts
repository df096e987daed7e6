import type { CommitState } from '../../lib/session/index.ts';
import type { View } from './view.ts';

/** A commit's state, or the name of an event of its timeline, in the colour of how good it is. */
export function stateColor({ colors }: View, state: string): string {
  const byState: Readonly<Record<CommitState | 'pending', (text: string) => string>> = {
    queued: String,
    committing: String,
    archived: colors.green,
    completed: colors.green,
    empty: colors.dim,
    skipped: colors.yellow,
    cancelled: colors.yellow,
    pending: colors.yellow,
    retrying: colors.yellow,
    'dead-lettered': colors.red,
  };
  return (byState[state as CommitState] ?? String)(state);
}
