import type { Machine } from '../world/machine.ts';
import type { State, Step } from '../world/state.ts';

/** A promise of the protocol: each function returns what is wrong, or undefined when the promise is kept. */
export interface Invariant {
  readonly name: string;
  readonly afterStep?: (step: Step, machine: Machine) => string | undefined;
  /** When nothing is left to happen. */
  readonly atEnd?: (state: State, machine: Machine) => string | undefined;
}
