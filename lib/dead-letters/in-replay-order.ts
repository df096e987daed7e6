import { groupBy } from '../groups/index.ts';
import type { DeadLetter } from './dead-letter.ts';

/**
 * The letters in the order in which they are to be replayed: groups one after another, the one that has waited longest
 * first; within a group commits by when they were asked for, follow-ups by the number of their archive. Letters that
 * tie, or that cannot be understood, stay in the order of the queue.
 */
export function inReplayOrder(letters: readonly DeadLetter[]): DeadLetter[] {
  const groups = [...groupBy(letters, ({ group }) => group).values()];
  const oldest = (group: readonly DeadLetter[]) => Math.min(...group.map(({ deadSinceMs }) => deadSinceMs));
  return groups
    .toSorted((a, b) => oldest(a) - oldest(b))
    .flatMap((group) => group.toSorted((a, b) => compare(rank(a), rank(b))));
}

function rank({ content }: DeadLetter): number {
  if (content.type === 'commit') return content.message.requestedAtMs;
  if (content.type === 'follow-up') return content.message.archive;
  return Number.POSITIVE_INFINITY;
}

/** A difference of two infinities would be no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
