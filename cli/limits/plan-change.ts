import type { LimitChange } from '../../console/index.ts';
import { type Deployment, InvalidLimitsError, type LimitName } from '../../lib/limits/index.ts';
import { defaultOf, problemsOf } from './read-limits.ts';

/**
 * The changes that make limits what they are wanted to be, in the order in which they are wanted; none for those that
 * are so already.
 *
 * @throws InvalidLimitsError when the whole set would not be valid on the deployment: then nothing may be written.
 */
export function planChange(
  values: Readonly<Record<string, string>>,
  wanted: ReadonlyMap<LimitName, string>,
  deployment: Deployment,
): LimitChange[] {
  const problems = problemsOf({ ...values, ...Object.fromEntries(wanted) }, deployment);
  if (problems.length > 0) throw new InvalidLimitsError(problems);
  const current = new Map(Object.entries(values));
  return [...wanted]
    .map(([name, after]) => ({ name, before: current.get(name) ?? defaultOf(name), after }))
    .filter(({ name, before, after }) => before !== after || !current.has(name));
}
