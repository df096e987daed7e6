import type { LimitDefinition } from './limit-definitions.ts';

/**
 * The regular expression of a limit's values as text: one of its choices, or a whole number in plain decimal with no
 * more digits than its maximum. A pattern cannot bound a number any closer; `parseLimits` checks the range.
 */
export function limitPattern(definition: LimitDefinition): string {
  if (definition.kind === 'choice') return `^(${definition.choices.join('|')})$`;
  const moreDigits = String(definition.max).length - 1;
  const positive = `[1-9][0-9]{0,${moreDigits}}`;
  return definition.min > 0 ? `^${positive}$` : `^(0|${positive})$`;
}
