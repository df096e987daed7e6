import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { LimitName } from '../../lib/limits/index.ts';
import { table } from '../display/table.ts';
import type { Outcome } from '../outcome.ts';
import type { Target } from '../target/target.ts';
import { planChange } from './plan-change.ts';
import { readLimits } from './read-limits.ts';

/**
 * Makes limits what they are wanted to be, once it is clear that the whole set is valid on this stack.
 *
 * @throws InvalidLimitsError: nothing was written.
 */
export async function applyChange(
  target: Target,
  wanted: ReadonlyMap<LimitName, string>,
  { dryRun, signal }: { readonly dryRun: boolean; readonly signal: AbortSignal },
): Promise<Outcome> {
  const { values, deployment } = await readLimits(target, signal);
  const changes = planChange(values, wanted, deployment);
  for (const { name, after } of dryRun ? [] : changes) {
    const Name = `${target.outputs.LimitsPath}/${name}`;
    await target.ssm.send(new PutParameterCommand({ Name, Value: after, Type: 'String', Overwrite: true }), {
      abortSignal: signal,
    });
  }
  const end = dryRun
    ? 'Nothing was written.'
    : 'Written. Running functions take them within about 66 seconds.';
  return {
    document: { stack: target.stackName, dryRun, changes },
    lines: (view) =>
      changes.length === 0
        ? ['They are so already: nothing was written.']
        : [
            ...table(view, [
              ['LIMIT', 'BEFORE', 'AFTER'],
              ...changes.map(({ name, before, after }) => [name, before, view.colors.bold(after)]),
            ]),
            '',
            end,
          ],
  };
}
