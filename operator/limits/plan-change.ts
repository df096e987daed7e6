import {
  type Deployment,
  type GivenLimits,
  givenLimits,
  InvalidLimitsError,
  type LimitName,
  limitVariable,
  NOT_SET,
} from '../../lib/limits/index.ts';
import type { Target } from '../target/index.ts';
import { problemsOf, storedLimits } from './stored-limits.ts';

/** What a change does to one limit. */
export interface LimitChange {
  readonly name: LimitName;
  /** What is in effect without the change. */
  readonly before: string;
  /** What the parameter is to say; `default` where it sets nothing any more. */
  readonly after: string;
  /** What is in effect then. */
  readonly value: string;
  /** The variable of a function's environment that counts before it. */
  readonly overriddenBy?: string;
}

/** What a change would do to the limits of a stack. @throws InvalidLimitsError when it may not be made. */
export async function planChange(
  target: Target,
  wanted: ReadonlyMap<LimitName, string>,
  signal: AbortSignal,
): Promise<LimitChange[]> {
  const { given, deployment } = await storedLimits(target, signal);
  return changesBetween(given, wanted, deployment);
}

/**
 * The changes that make limits what they are wanted to be, in the order in which they are wanted; none for those that
 * are so already.
 *
 * @throws InvalidLimitsError when the whole set would not be valid on the deployment: then nothing may be written.
 */
export function changesBetween(
  given: GivenLimits,
  wanted: ReadonlyMap<LimitName, string>,
  deployment: Deployment,
): LimitChange[] {
  const changed = { ...given, parameters: { ...given.parameters, ...Object.fromEntries(wanted) } };
  const problems = problemsOf(changed, deployment);
  if (problems.length > 0) throw new InvalidLimitsError(problems);
  const parameters = new Map(Object.entries(given.parameters));
  const before = givenLimits({ ...given, variables: {} });
  const after = givenLimits({ ...changed, variables: {} });
  return [...wanted]
    .filter(([name, text]) => (parameters.get(name) ?? NOT_SET) !== text)
    .map(([name, text]) => ({
      name,
      before: before.get(name)?.value ?? '',
      after: text,
      value: after.get(name)?.value ?? '',
      ...(given.variables[limitVariable(name)] !== undefined && { overriddenBy: limitVariable(name) }),
    }));
}
