import { scenarios } from '../scenarios.ts';
import { searchInParallel, walkInParallel } from './search-in-parallel.ts';
import { tell, tellViolation } from './tell.ts';
import type { Total } from './total.ts';

/** Walks come last, and get this part of the time; what is left is shared by the scenarios, smallest first. */
const WALK_PART = 0.2;
/** What must be followed whole takes as long as it takes, within reason. */
const MUST_END_WITHIN_MS = 60 * 60_000;

/** Searches every scenario, then walks at random; prints one line of JSON. Returns 1 when a promise was broken. */
export async function deepSearch(seconds: number): Promise<number> {
  const startedAtMs = Date.now();
  const untilMs = startedAtMs + seconds * 1_000;
  const searchUntilMs = untilMs - seconds * WALK_PART * 1_000;
  const totals: [string, Total][] = [];
  const searched = scenarios.filter(({ isForWalks }) => !isForWalks);
  for (const [index, scenario] of searched.entries()) {
    const shareMs = (searchUntilMs - Date.now()) / (searched.length - index);
    const until = scenario.isFollowedWhole ? startedAtMs + MUST_END_WITHIN_MS : Date.now() + shareMs;
    if (Date.now() >= until) continue;
    tell(`${scenario.name}, ${scenario.maxFaults} fault(s) at most: every schedule`);
    totals.push([scenario.name, report(await searchInParallel(scenario, until))]);
  }
  for (const scenario of scenarios.filter(({ isForWalks }) => isForWalks)) {
    if (Date.now() >= untilMs) continue;
    const seed = Date.now();
    tell(`${scenario.name}, ${scenario.maxFaults} faults at most: schedules at random, from seed ${seed}`);
    totals.push([`${scenario.name}, at random`, report(await walkInParallel(scenario, seed, untilMs))]);
  }
  return printResult(totals, startedAtMs);
}

function report(total: Total): Total {
  const { schedules, distinctStates, seconds, isComplete, violations } = total;
  const end = isComplete ? 'all of them' : 'as far as time went';
  tell(`  ${schedules} schedules, ${distinctStates} states, ${seconds} s: ${end}`);
  for (const violation of violations) tellViolation(violation);
  return total;
}

function printResult(totals: readonly (readonly [string, Total])[], startedAtMs: number): number {
  const sum = (numberOf: (total: Total) => number) =>
    totals.reduce((all, [, total]) => all + numberOf(total), 0);
  const violations = sum((total) => total.violations.length);
  const parts = (wanted: boolean) =>
    Object.fromEntries(
      totals
        .filter(([, { isComplete }]) => isComplete === wanted)
        .map(([name, { schedules, distinctStates, seconds }]) => [
          name,
          { schedules, distinctStates, seconds },
        ]),
    );
  const result = {
    schedules: sum(({ schedules }) => schedules),
    distinctStates: sum(({ distinctStates }) => distinctStates),
    crashPoints: new Set(totals.flatMap(([, { crashPoints }]) => crashPoints)).size,
    violations,
    seconds: Math.round((Date.now() - startedAtMs) / 1_000),
    exhaustive: parts(true),
    sampled: parts(false),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return violations > 0 ? 1 : 0;
}
