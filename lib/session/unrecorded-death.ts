import type { CommitDeath } from './commit-change.ts';
import type { CommitStatus } from './commit-status.ts';
import { statusAsOf } from './status-as-of.ts';

/**
 * The death of a commit that reads `dead-lettered` only by the time, as readers see it; undefined for one that is as it
 * is stored.
 *
 * @param seen the status as it is stored.
 */
export function unrecordedDeath(
  seen: CommitStatus,
  nowMs: number,
): Omit<CommitDeath, 'checkAtMs'> | undefined {
  const { state, timeline } = statusAsOf(seen, nowMs);
  const last = timeline.at(-1);
  if (state === seen.state || !last) return undefined;
  const { event: _as, ...entry } = last;
  return { transition: seen.archive === undefined ? 'give-up' : 'give-up-follow-up', seen, entry };
}
