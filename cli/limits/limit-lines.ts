import type { LimitDocument } from '../../console/index.ts';
import { type LimitDefinition, limitDefinitions } from '../../lib/limits/index.ts';
import { displayText } from '../../terminal/index.ts';
import { table } from '../display/table.ts';
import type { View } from '../display/view.ts';
import type { StoredLimits } from './read-limits.ts';

/** Every limit, with its value in effect; unknown parameters are among the problems, not here. */
export function limitDocuments({ values }: Pick<StoredLimits, 'values'>): LimitDocument[] {
  const given = new Map(Object.entries(values));
  return limitDefinitions.map((definition) => {
    const byDefault = String(definition.default);
    const stored = given.get(definition.name);
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
  });
}

export function limitLines(
  view: View,
  limits: readonly LimitDocument[],
  problems: readonly string[],
): string[] {
  const { colors } = view;
  return [
    ...table(view, [
      ['LIMIT', 'VALUE', 'DEFAULT', 'ALLOWED'],
      ...limits.map(({ name, value, default: byDefault, isDefault, allowed }) => [
        name,
        isDefault ? displayText(value) : colors.bold(displayText(value)),
        colors.dim(byDefault),
        allowed,
      ]),
    ]),
    ...problemLines(view, problems),
  ];
}

/** Why functions do not take a set of limits. */
export function problemLines({ colors }: View, problems: readonly string[]): string[] {
  if (problems.length === 0) return [];
  return [
    '',
    colors.red('Functions do not take this set: they keep to the last good one, or to the defaults.'),
    ...problems.map((problem) => colors.red(`  ${displayText(problem)}`)),
  ];
}

/** Parameters that no limit is named after. */
export function unknownLines({ colors }: View, unknown: readonly string[]): string[] {
  if (unknown.length === 0) return [];
  const names = unknown.map((name) => displayText(name)).join(', ');
  return [
    '',
    colors.yellow(
      `There are parameters that are no limits of this version; functions leave them out: ${names}.`,
    ),
  ];
}

function allowedBy(definition: LimitDefinition): string {
  if (definition.kind === 'choice') return definition.choices.join(', ');
  return `${definition.min} to ${definition.max} ${definition.unit}`;
}
