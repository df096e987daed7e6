import { type LimitDefinition, type LimitName, limitDefinitions } from '../../lib/limits/index.ts';
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
}

/** One limit of a stack. */
export interface LimitDocument {
  readonly name: LimitName;
  readonly value: string;
  readonly default: string;
  readonly isDefault: boolean;
  /** Where the value is from: a limit without a parameter is at its default. */
  readonly source: 'parameter' | 'default';
  /** In words. */
  readonly allowed: string;
  /** Of a limit that is chosen, not counted. */
  readonly choices?: readonly string[];
  readonly description: string;
}

/** @throws what the parameter store throws, or the signal's reason. */
export async function readLimits(target: Target, signal: AbortSignal): Promise<StackLimits> {
  const { values, problems, unknown } = await storedLimits(target, signal);
  const given = new Map(Object.entries(values));
  const limits = limitDefinitions.map((one) => documentOf(one, given.get(one.name)));
  return { limits, problems, unknown };
}

function documentOf(definition: LimitDefinition, stored: string | undefined): LimitDocument {
  const byDefault = String(definition.default);
  const value = stored ?? byDefault;
  return {
    name: definition.name,
    value,
    default: byDefault,
    isDefault: value === byDefault,
    source: stored === undefined ? 'default' : 'parameter',
    allowed: allowedBy(definition),
    ...(definition.kind === 'choice' && { choices: definition.choices }),
    description: definition.description,
  };
}

function allowedBy(definition: LimitDefinition): string {
  if (definition.kind === 'choice') return definition.choices.join(', ');
  return `${definition.min} to ${definition.max} ${definition.unit}`;
}
