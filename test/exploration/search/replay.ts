import { applyChoice } from '../world/apply-choice.ts';
import { type Choice, codeOf } from '../world/choice.ts';
import { choicesOf } from '../world/choices-of.ts';
import { initialState } from '../world/initial-state.ts';
import type { Machine } from '../world/machine.ts';
import type { State, Step } from '../world/state.ts';
import { type Breach, breachAfter, breachAtEnd } from './violation.ts';

export interface Replayed {
  readonly steps: readonly Step[];
  readonly end: State;
  readonly breach?: Breach;
}

/**
 * Follows a schedule until it ends or a promise is broken.
 *
 * @throws RangeError at a step that is not possible there.
 */
export function replay(machine: Machine, schedule: readonly Choice[]): Replayed {
  const steps: Step[] = [];
  let state = initialState(machine);
  for (const choice of schedule) {
    const code = codeOf(choice);
    if (!choicesOf(machine, state).some((possible) => codeOf(possible) === code)) {
      throw new RangeError(`Step ${steps.length + 1}, '${code}', is not possible there`);
    }
    const step = applyChoice(machine, state, choice);
    steps.push(step);
    state = step.after;
    const breach = breachAfter(step, machine);
    if (breach) return { steps, end: state, breach };
  }
  const isOver = choicesOf(machine, state).length === 0;
  const breach = isOver ? breachAtEnd(state, machine) : undefined;
  return { steps, end: state, ...(breach && { breach }) };
}
