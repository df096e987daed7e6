import type { Sleep } from '../actor/operation.ts';
import { become } from './carry-out.ts';
import type { Machine } from './machine.ts';
import type { Draft } from './state.ts';

/** A bound on timers that fire at one moment: more of them are a loop without a wait. */
const MAX_WAKES = 100;

/**
 * Fires every timer that is due, each actor's own in order. An actor that a timer wakes touches nobody else until
 * its next call, so that in which order actors wake makes no difference.
 */
export function wakeSleepers(machine: Machine, draft: Draft): void {
  for (const place of draft.state.actors.keys()) {
    for (let wakes = 0; wakeOne(machine, draft, place); wakes += 1) {
      if (wakes === MAX_WAKES) throw new Error(`An actor at place ${place} sleeps and wakes without end`);
    }
  }
}

function wakeOne(machine: Machine, draft: Draft, place: number): boolean {
  const { nowMs, actors } = draft.state;
  const actor = actors[place];
  if (!actor?.node || actor.frozen) return false;
  const due = actor.node.operations
    .filter((operation): operation is Sleep => operation.kind === 'sleep' && operation.wakeAtMs <= nowMs)
    .sort((a, b) => a.wakeAtMs - b.wakeAtMs || a.id - b.id)[0];
  if (!due) return false;
  const event = { operation: due.id, atMs: nowMs, result: { kind: 'wake' } } as const;
  become(machine, draft, place, { ...actor, node: machine.actors.advance(actor.node, event) });
  return true;
}
