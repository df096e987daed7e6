import { limits } from '../roles/limits.ts';
import type { Scenario } from '../world/scenario.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

const LONGEST_WAIT_MS = Math.max(limits.commit.deadlineMs, limits.followUp.deadlineMs);
/** What the longest run of one actor begins, heartbeats and all, and half as much again. */
const MAX_OPERATIONS = 120;

/** Nothing waits without limit, repeats without end, or leaves a timer behind. */
export const bounded: Invariant = {
  name: 'bounded',
  afterStep({ before, after, nodes }, { scenario }) {
    for (const { name, operations, begun, ended, startedAtMs } of nodes) {
      const sleeps = operations.filter(({ kind }) => kind === 'sleep');
      if (ended && sleeps.length > 0) return `${name} has ended, and left a timer behind`;
      if (!ended && operations.length === 0) return `${name} waits for what will never come`;
      if (begun > MAX_OPERATIONS) return `${name} has begun ${begun} operations`;
      const long = sleeps.find(
        (sleep) => sleep.kind === 'sleep' && sleep.wakeAtMs > after.nowMs + LONGEST_WAIT_MS,
      );
      if (long) return `${name} waits for longer than any limit says`;
      const runMs = after.nowMs - startedAtMs;
      if (runMs > pauseMs(scenario) + 2 * LONGEST_WAIT_MS && !stoodStill(before, name))
        return `${name} has run for ${runMs} ms`;
    }
    return undefined;
  },
};

/** A frontend waits before it appends because that is what people do. */
function pauseMs({ appends }: Scenario): number {
  return Math.max(0, ...appends.flat().map(({ afterMs = 0 }) => afterMs));
}

/** A process that stands still does so for as long as it likes. */
function stoodStill({ actors }: State, name: string): boolean {
  return actors.some((actor) => actor.node?.name === name && (actor.wasFrozen || actor.frozen !== undefined));
}
