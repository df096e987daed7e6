import { invariants } from '../invariants/index.ts';
import type { Choice } from '../world/choice.ts';
import type { Machine } from '../world/machine.ts';
import type { State, Step } from '../world/state.ts';

/** A promise that was not kept, and the schedule that shows it. */
export interface Violation extends Breach {
  readonly schedule: readonly Choice[];
}

export interface Breach {
  readonly invariant: string;
  readonly detail: string;
}

export function breachAfter(step: Step, machine: Machine): Breach | undefined {
  for (const { name: invariant, afterStep } of invariants) {
    const detail = afterStep?.(step, machine);
    if (detail) return { invariant, detail };
  }
  return undefined;
}

export function breachAtEnd(state: State, machine: Machine): Breach | undefined {
  for (const { name: invariant, atEnd } of invariants) {
    const detail = atEnd?.(state, machine);
    if (detail) return { invariant, detail };
  }
  return undefined;
}
