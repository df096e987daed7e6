import {
  type GivenLimits,
  givenLimits,
  type LimitDefinition,
  type LimitName,
  type LimitSource,
  limitDefinitions,
} from '../../lib/limits/index.ts';
import type { Target } from '../target/index.ts';
import { storedLimits } from './stored-limits.ts';

/** The limits of a stack. */
export interface StackLimits {
  /** Every one, with its value in effect. */
  readonly limits: readonly LimitDocument[];
  /** What is wrong with them as a set; while there is anything, functions keep to what they had before. */
  readonly problems: readonly string[];
  /** Parameters that are no limits of this version. */
  readonly unknown: readonly string[];
  /** Why the environments of functions could not be looked at; what they set is not among the limits then. */
  readonly unseen?: string;
}

/** One limit of a stack. */
export interface LimitDocument {
  readonly name: LimitName;
  readonly value: string;
  /** What it is where neither an operator nor a function's environment sets it: the deployment's, or the built-in one. */
  readonly default: string;
  readonly isDefault: boolean;
  /** Where the value is from. */
  readonly source: LimitSource;
  /** In words. */
  readonly allowed: string;
  /** Of a limit that is chosen, not counted. */
  readonly choices?: readonly string[];
  readonly description: string;
}

/** @throws what the parameter store or Lambda throws, or the signal's reason. */
export async function readLimits(target: Target, signal: AbortSignal): Promise<StackLimits> {
  const { given, problems, unknown, unseen } = await storedLimits(target, signal);
  const limits = limitDefinitions.map((one) => documentOf(one, given));
  return { limits, problems, unknown, ...(unseen !== undefined && { unseen }) };
}

function documentOf(definition: LimitDefinition, given: GivenLimits): LimitDocument {
  const { name, description } = definition;
  const { value = '', source = 'default' } = givenLimits(given).get(name) ?? {};
  const byDefault = givenLimits({ ...given, parameters: {}, variables: {} }).get(name)?.value ?? '';
  return {
    name,
    value,
    default: byDefault,
    isDefault: value === byDefault,
    source,
    allowed: allowedBy(definition),
    ...(definition.kind === 'choice' && { choices: definition.choices }),
    description,
  };
}

function allowedBy(definition: LimitDefinition): string {
  if (definition.kind === 'choice') return definition.choices.join(', ');
  return `${definition.min} to ${definition.max} ${definition.unit}`;
}
