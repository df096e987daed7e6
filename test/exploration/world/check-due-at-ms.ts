import type { Machine } from './machine.ts';
import type { State } from './state.ts';

/** How often the schedule fires at most. */
const EVERY_MS = 60_000;

/** When the schedule next finds that a check is due; undefined when none is scheduled, or nobody checks. */
export function checkDueAtMs(
  { places }: Pick<Machine, 'places'>,
  { session, checkedAtMs }: State,
): number | undefined {
  if (!places.some(({ role }) => role === 'checker')) return undefined;
  const scheduled = [session.meta, ...session.commits.values()].flatMap((one) => one?.checkAtMs ?? []);
  return scheduled.length === 0 ? undefined : Math.max(Math.min(...scheduled), checkedAtMs + EVERY_MS);
}
