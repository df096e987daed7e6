import { InvalidLimitsError } from './errors.ts';
import { type LimitDefinition, limitDefinitions } from './limit-definitions.ts';
import { limitPattern } from './limit-pattern.ts';
import type { Limits } from './limits.ts';

/**
 * Builds the limits from values as text, by name; a limit that is not given has its default.
 *
 * @throws InvalidLimitsError naming every value that is wrong, what was expected, and every name that is unknown.
 */
export function parseLimits(values: Readonly<Record<string, string>>): Limits {
  const given = new Map(Object.entries(values));
  const problems = unknownNames([...given.keys()]);
  const limits: Record<string, Record<string, number | string>> = {};
  for (const definition of limitDefinitions) {
    const [group = '', field = ''] = definition.name.split('.');
    const text = given.get(definition.name);
    const value = text === undefined ? definition.default : parseValue(definition, text);
    if (value === undefined)
      problems.push(`${definition.name} must be ${expected(definition)}, not '${text}'`);
    else limits[group] = { ...limits[group], [field]: value };
  }
  if (problems.length > 0) throw new InvalidLimitsError(problems);
  // There is a definition for every field of `Limits`, and each value has passed its own.
  return limits as unknown as Limits;
}

function unknownNames(names: readonly string[]): string[] {
  const known = limitDefinitions.map(({ name }) => String(name));
  return names
    .filter((name) => !known.includes(name))
    .map((name) => `there is no limit '${name}'; the known limits are ${known.join(', ')}`);
}

/** What a limit's values look like, in words. */
function expected(definition: LimitDefinition): string {
  if (definition.kind === 'choice') return `one of ${definition.choices.join(', ')}`;
  const { min, max, unit } = definition;
  return `a whole number of ${unit} from ${min} to ${max}`;
}

function parseValue(definition: LimitDefinition, text: string): number | string | undefined {
  if (!new RegExp(limitPattern(definition)).test(text)) return undefined;
  if (definition.kind === 'choice') return text;
  const value = Number(text);
  return value >= definition.min && value <= definition.max ? value : undefined;
}
