import { seededRandom } from '../../support/seeded-random.ts';
import { applyChoice } from '../world/apply-choice.ts';
import { type Choice, isFault } from '../world/choice.ts';
import { choicesOf } from '../world/choices-of.ts';
import { initialState } from '../world/initial-state.ts';
import { type Machine, machine } from '../world/machine.ts';
import type { Scenario } from '../world/scenario.ts';
import type { SearchResult } from './depth-first.ts';
import { countCrash, type Figures, noFigures } from './figures.ts';
import { type Breach, breachAfter, breachAtEnd } from './violation.ts';

/** How likely a fault is at a step where one is possible. */
const FAULT_CHANCE = 0.04;
/** Far more than any run of a scenario takes. */
const MAX_STEPS = 5_000;

/** Follows schedules picked at random, from the first seed on; every actor is run anew in each. */
export function walk(
  scenario: Scenario,
  { seed, mustStop }: { readonly seed: number; readonly mustStop: (walks: number) => boolean },
): SearchResult {
  const figures = noFigures();
  let last: readonly Choice[] = [];
  while (!mustStop(figures.schedules)) {
    const random = seededRandom(seed + figures.schedules);
    const schedule: Choice[] = [];
    const breach = walkOnce(machine(scenario, { remember: false }), random, figures, schedule);
    figures.schedules += 1;
    if (breach) return { figures, isComplete: false, violation: { ...breach, schedule } };
    last = schedule;
  }
  return { figures, isComplete: false, last };
}

function walkOnce(
  world: Machine,
  random: () => number,
  figures: Figures,
  schedule: Choice[],
): Breach | undefined {
  let state = initialState(world);
  for (let choice = pick(world, state, random); choice; choice = pick(world, state, random)) {
    if (schedule.length === MAX_STEPS) {
      return { invariant: 'bounded', detail: `the run has not ended after ${MAX_STEPS} steps` };
    }
    schedule.push(choice);
    countCrash(figures, world, state, choice);
    const step = applyChoice(world, state, choice);
    figures.steps += 1;
    const breach = breachAfter(step, world);
    if (breach) return breach;
    state = step.after;
  }
  return breachAtEnd(state, world);
}

function pick(
  world: Machine,
  state: ReturnType<typeof initialState>,
  random: () => number,
): Choice | undefined {
  const choices = choicesOf(world, state);
  const faults = choices.filter(isFault);
  const others = choices.filter((choice) => !isFault(choice));
  // When nothing else can happen the run may end here: faults are for a world at work.
  const isFaulty = others.length > 0 && faults.length > 0 && random() < FAULT_CHANCE;
  const from = isFaulty ? faults : others;
  return from[Math.floor(random() * from.length)];
}
