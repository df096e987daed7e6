import { type LimitDefinition, limitDefinitions } from '../../lib/limits/index.ts';
import { markdownTable } from './markdown-table.ts';
import { spaced } from './spaced.ts';

/** The table of the limits that an operator can change, in the order of their definition. */
export function limitsTable(): string {
  const rows = limitDefinitions.map((limit) => [`\`${limit.name}\``, ...valuesOf(limit), limit.description]);
  return markdownTable(['limit', 'default', 'allowed', 'meaning'], rows);
}

function valuesOf(limit: LimitDefinition): readonly string[] {
  if (limit.kind === 'choice') {
    return [`\`${limit.default}\``, limit.choices.map((choice) => `\`${choice}\``).join(', ')];
  }
  const unit = limit.unit === 'ms' ? ' ms' : '';
  return [`${spaced(limit.default)}${unit}`, `${spaced(limit.min)} to ${spaced(limit.max)}${unit}`];
}
