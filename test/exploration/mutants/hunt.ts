import { scenarioNamed } from '../scenarios.ts';
import { runInThread } from '../search/run-in-thread.ts';
import type { FoundViolation } from '../search/task.ts';
import { visitedMemory } from '../search/visited-set.ts';
import type { Mutant } from './mutant.ts';

/** The order of the choices first, which finds most of them at once; then from elsewhere in each state. */
const orders = [
  { isTurned: false, maxSchedules: 600_000 },
  { isTurned: true, maxSchedules: 5_000_000 },
];
const CAPACITY = 1 << 24;

export interface Hunt {
  readonly schedules: number;
  /** Absent when the explorer found nothing wrong: then it has a gap. */
  readonly killedBy?: FoundViolation;
}

/** Looks for a mutant's mistake: with no fault first, then with one more each time. */
export async function hunt(mutant: Mutant): Promise<Hunt> {
  const base = scenarioNamed(mutant.scenario);
  let schedules = 0;
  for (let maxFaults = 0; maxFaults <= (mutant.maxFaults ?? base.maxFaults); maxFaults += 1) {
    for (const { isTurned, maxSchedules } of orders) {
      const result = await runInThread({
        kind: 'search',
        scenario: { ...base, maxFaults },
        untilMs: Number.POSITIVE_INFINITY,
        maxSchedules,
        visited: visitedMemory(CAPACITY),
        isTurned,
        part: { index: 0, of: 1 },
        mutant,
      });
      schedules += result.schedules;
      if (result.violation) return { schedules, killedBy: result.violation };
      if (result.isComplete) break;
    }
  }
  return { schedules };
}
