import type { Choice } from '../world/choice.ts';
import type { Machine } from '../world/machine.ts';
import type { State } from '../world/state.ts';

/** What was explored. */
export interface Figures {
  /** Schedules that were followed to their end, or to a state that had been explored already. */
  schedules: number;
  distinctStates: number;
  steps: number;
  /** Where a crash was tried: who, at which call of its run, before or after its effect. */
  readonly crashPoints: Set<string>;
}

export const noFigures = (): Figures => ({
  schedules: 0,
  distinctStates: 0,
  steps: 0,
  crashPoints: new Set(),
});

export function countCrash(
  figures: Figures,
  { places }: Machine,
  { actors }: State,
  { kind, place, operation }: Choice,
) {
  if (kind !== 'crash-before' && kind !== 'crash-after') return;
  const call = actors[place]?.node?.operations.find(({ id }) => id === operation);
  if (call?.kind !== 'call') return;
  figures.crashPoints.add(`${places[place]?.role} ${call.port}.${call.method} ${operation} ${kind}`);
}
