import type { LimitChange } from '../../console/index.ts';
import type { LimitName } from '../../lib/limits/index.ts';
import type { Target } from '../target/target.ts';
import { planChange } from './plan-change.ts';
import { readLimits } from './read-limits.ts';

/** What a change would do to the limits of a stack. @throws InvalidLimitsError when it may not be made. */
export async function checkChange(
  target: Target,
  wanted: ReadonlyMap<LimitName, string>,
  signal: AbortSignal,
): Promise<LimitChange[]> {
  const { values, deployment } = await readLimits(target, signal);
  return planChange(values, wanted, deployment);
}
