import type { State } from './state.ts';

/** How often the schedule fires at most. */
const EVERY_MS = 60_000;

/** When the schedule next finds that the session's check is due; undefined when none is scheduled. */
export function checkDueAtMs({ session, checkedAtMs }: State): number | undefined {
  const checkAtMs = session.meta?.checkAtMs;
  return checkAtMs === undefined ? undefined : Math.max(checkAtMs, checkedAtMs + EVERY_MS);
}
