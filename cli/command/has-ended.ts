import type { CommitView } from '../../lib/api/index.ts';
import type { CommitState } from '../../lib/session/index.ts';

const finalStates: readonly CommitState[] = ['completed', 'empty', 'skipped', 'cancelled', 'dead-lettered'];

/** Whether nothing more happens to a commit. One that was replayed stays dead-lettered until a worker takes it up. */
export function hasEnded({ state, timeline }: Pick<CommitView, 'state' | 'timeline'>): boolean {
  return finalStates.includes(state) && timeline.at(-1)?.event !== 'replayed';
}
