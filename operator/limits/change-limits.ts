import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { LimitName } from '../../lib/limits/index.ts';
import type { Target } from '../target/index.ts';
import { type LimitChange, planChange } from './plan-change.ts';

/**
 * Makes limits what they are wanted to be, once it is clear that the whole set is valid on this stack.
 *
 * @throws InvalidLimitsError: nothing was written.
 */
export async function changeLimits(
  target: Target,
  wanted: ReadonlyMap<LimitName, string>,
  abortSignal: AbortSignal,
): Promise<LimitChange[]> {
  const changes = await planChange(target, wanted, abortSignal);
  for (const { name, after } of changes) {
    const Name = `${target.outputs.LimitsPath}/${name}`;
    await target.ssm.send(new PutParameterCommand({ Name, Value: after, Type: 'String', Overwrite: true }), {
      abortSignal,
    });
  }
  return changes;
}
