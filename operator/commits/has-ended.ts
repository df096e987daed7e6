import type { CommitView } from '../../lib/api/index.ts';
import type { CommitState } from '../../lib/session/index.ts';

const finalStates: readonly CommitState[] = ['completed', 'empty', 'skipped', 'cancelled', 'dead-lettered'];

/** Whether nothing more happens to a commit by itself: one that is dead-lettered waits for a replay. */
export function hasEnded({ state }: Pick<CommitView, 'state'>): boolean {
  return finalStates.includes(state);
}
