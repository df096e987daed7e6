import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { LimitChange } from '../../console/index.ts';
import type { LimitName } from '../../lib/limits/index.ts';
import type { Target } from '../target/target.ts';
import { checkChange } from './check-change.ts';

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
  const changes = await checkChange(target, wanted, abortSignal);
  for (const { name, after } of changes) {
    const Name = `${target.outputs.LimitsPath}/${name}`;
    await target.ssm.send(new PutParameterCommand({ Name, Value: after, Type: 'String', Overwrite: true }), {
      abortSignal,
    });
  }
  return changes;
}
