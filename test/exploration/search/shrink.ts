import { applyChoice } from '../world/apply-choice.ts';
import { type Choice, codeOf, isFault } from '../world/choice.ts';
import { choicesOf } from '../world/choices-of.ts';
import { initialState } from '../world/initial-state.ts';
import type { Machine } from '../world/machine.ts';
import { breachAfter, breachAtEnd, type Violation } from './violation.ts';

const MAX_STEPS = 5_000;

/**
 * A shorter schedule that breaks the same promise: leaves out ever smaller pieces, as long as that goes well. What is
 * left is followed as far as it is possible, and then without faults to the end.
 */
export function shrink(machine: Machine, violation: Violation): Violation {
  let best = violation;
  for (let size = Math.ceil(best.schedule.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < best.schedule.length; ) {
      const rest = best.schedule.toSpliced(start, size);
      const found = follow(machine, rest, best.invariant);
      if (found && found.schedule.length < best.schedule.length) best = found;
      else start += size;
    }
  }
  return best;
}

/** Follows what is possible of a schedule, until the promise is broken. */
function follow(machine: Machine, wanted: readonly Choice[], invariant: string): Violation | undefined {
  const schedule: Choice[] = [];
  const left = [...wanted];
  let state = initialState(machine);
  while (schedule.length < MAX_STEPS) {
    const possible = choicesOf(machine, state);
    const choice = nextWanted(left, possible) ?? possible.find((one) => !isFault(one));
    if (!choice) break;
    schedule.push(choice);
    const step = applyChoice(machine, state, choice);
    state = step.after;
    const breach = breachAfter(step, machine);
    if (breach) return breach.invariant === invariant ? { ...breach, schedule } : undefined;
  }
  const breach = breachAtEnd(state, machine);
  return breach?.invariant === invariant ? { ...breach, schedule } : undefined;
}

/** Drops what is not possible any more. */
function nextWanted(left: Choice[], possible: readonly Choice[]): Choice | undefined {
  const codes = new Set(possible.map(codeOf));
  for (let choice = left.shift(); choice; choice = left.shift()) {
    if (codes.has(codeOf(choice))) return choice;
  }
  return undefined;
}
