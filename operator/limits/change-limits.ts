import { PutParameterCommand } from '@aws-sdk/client-ssm';
import {
  type LimitDefinition,
  type LimitName,
  limitDefinitions,
  limitPattern,
  NOT_SET,
} from '../../lib/limits/index.ts';
import type { Target } from '../target/index.ts';
import { changeMark } from './change-mark.ts';
import { type LimitChange, planChange } from './plan-change.ts';

/**
 * Makes limits what they are wanted to be, once it is clear that the whole set is valid on this stack. What is changed
 * together is marked, so that it can be taken back together.
 *
 * @throws InvalidLimitsError: nothing was written.
 */
export async function changeLimits(
  target: Target,
  wanted: ReadonlyMap<LimitName, string>,
  abortSignal: AbortSignal,
): Promise<LimitChange[]> {
  const changes = await planChange(target, wanted, abortSignal);
  const change = target.newId();
  for (const { name, after } of changes) {
    const definition = limitDefinitions.find((one) => one.name === name);
    if (!definition) continue;
    const parameter = {
      Name: `${target.outputs.LimitsPath}/${name}`,
      Value: after,
      Description: `${describe(definition)} ${changeMark.write(change)}`,
      AllowedPattern: `^${NOT_SET}$|${limitPattern(definition)}`,
      Type: 'String',
      Overwrite: true,
    } as const;
    await target.ssm.send(new PutParameterCommand(parameter), { abortSignal });
  }
  return changes;
}

/** For those who look at the parameter, and change it by hand. */
function describe(definition: LimitDefinition): string {
  const { description } = definition;
  const allowed =
    definition.kind === 'choice'
      ? `One of ${definition.choices.join(', ')}`
      : `In ${definition.unit}, from ${definition.min} to ${definition.max}`;
  return `${description}. ${allowed}; ${NOT_SET}: as deployed.`;
}
