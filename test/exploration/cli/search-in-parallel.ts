import { availableParallelism } from 'node:os';
import { runInThread } from '../search/run-in-thread.ts';
import { visitedMemory } from '../search/visited-set.ts';
import type { Scenario } from '../world/scenario.ts';
import { type Total, totalOf } from './total.ts';

/** More threads would need more memory, each for its own actors. */
const MAX_THREADS = 4;
/** States that fit; the search of a scenario ends unfinished at 70 % of them. */
const CAPACITY = 1 << 27;

const threads = () => Math.max(1, Math.min(MAX_THREADS, availableParallelism()));

/** Follows every schedule of a scenario, the first faults divided among the cores. */
export async function searchInParallel(scenario: Scenario, untilMs: number): Promise<Total> {
  const startedAtMs = Date.now();
  const visited = visitedMemory(CAPACITY);
  const of = threads();
  const results = await Promise.all(
    Array.from({ length: of }, (_, index) =>
      runInThread({ kind: 'search', scenario, untilMs, visited, isTurned: true, part: { index, of } }),
    ),
  );
  return totalOf(results, startedAtMs);
}

/** Each thread's seeds begin here, as many times as its number. */
const SEEDS_PER_THREAD = 1_000_000_000;

/** Follows schedules at random, on every core. */
export async function walkInParallel(scenario: Scenario, seed: number, untilMs: number): Promise<Total> {
  const startedAtMs = Date.now();
  const results = await Promise.all(
    Array.from({ length: threads() }, (_, index) =>
      runInThread({
        kind: 'walk',
        scenario,
        untilMs,
        seed: seed + index * SEEDS_PER_THREAD,
      }),
    ),
  );
  return totalOf(results, startedAtMs);
}
