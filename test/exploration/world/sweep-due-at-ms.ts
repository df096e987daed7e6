import type { State } from './state.ts';

/** How often sweeps begin at most. */
const EVERY_MS = 60_000;

/** When the next sweep finds the session due; undefined when nobody is to look at it. */
export function sweepDueAtMs({ session, sweptAtMs }: State): number | undefined {
  const { checkAtMs } = session.meta;
  return checkAtMs === undefined ? undefined : Math.max(checkAtMs, sweptAtMs + EVERY_MS);
}
