import type { CommitView } from '../../lib/api/index.ts';
import { isRunning } from '../../lib/session/index.ts';

/** Whether nothing more happens to a commit by itself: one that is dead-lettered waits for a replay. */
export function hasEnded({ state }: Pick<CommitView, 'state'>): boolean {
  return !isRunning(state);
}
