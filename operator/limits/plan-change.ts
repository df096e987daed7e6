import { type Deployment, InvalidLimitsError, type LimitName } from '../../lib/limits/index.ts';
import type { Target } from '../target/index.ts';
import { defaultOf, problemsOf, storedLimits } from './stored-limits.ts';

/** What a change does to one limit. */
export interface LimitChange {
  readonly name: LimitName;
  /** What is in effect without the change; a default unless there is a parameter. */
  readonly before: string;
  readonly after: string;
}

/** What a change would do to the limits of a stack. @throws InvalidLimitsError when it may not be made. */
export async function planChange(
  target: Target,
  wanted: ReadonlyMap<LimitName, string>,
  signal: AbortSignal,
): Promise<LimitChange[]> {
  const { values, deployment } = await storedLimits(target, signal);
  return changesBetween(values, wanted, deployment);
}

/**
 * The changes that make limits what they are wanted to be, in the order in which they are wanted; none for those that
 * are so already.
 *
 * @throws InvalidLimitsError when the whole set would not be valid on the deployment: then nothing may be written.
 */
export function changesBetween(
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
