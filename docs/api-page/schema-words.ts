import type { OpenApiDocument } from '../../lib/api/index.ts';
import { spaced } from '../tables/spaced.ts';

export type Schema = OpenApiDocument['components']['schemas'][string];

/** What a schema takes, in a few words: `whole number, 1 to 1 000, default 100`. */
export function schemaWords(schema: Schema): string {
  const { default: unlessGiven } = schema;
  const words = kindOf(schema);
  return unlessGiven === undefined ? words : `${words}, default ${shownDefault(unlessGiven)}`;
}

function kindOf(schema: Schema): string {
  const { $ref, type, const: only, enum: choices, anyOf } = schema;
  if ($ref !== undefined) return linkTo($ref);
  if (only !== undefined) return shown(only);
  if (Array.isArray(choices)) return choices.map(shown).join(', ');
  if (Array.isArray(anyOf)) return alternatives((anyOf as Schema[]).map(kindOf));
  switch (type) {
    case 'integer':
      return `whole number${boundsOf(schema['minimum'], schema['maximum'])}`;
    case 'number':
      return `number${boundsOf(schema['minimum'], schema['maximum'])}`;
    case 'string':
      return schema['format'] === 'date-time' ? 'time' : `text${charactersOf(schema)}`;
    case 'array':
      return listOf(schema);
    case 'object':
      return 'object';
    case undefined:
      return 'any JSON';
    default:
      return String(type);
  }
}

function listOf({ items, minItems, maxItems }: Schema): string {
  const bounds = boundsOf(minItems === 0 ? undefined : minItems, maxItems);
  return `list of ${kindOf(items as Schema)}${bounds}`;
}

function charactersOf({ minLength, maxLength }: Schema): string {
  if (minLength === undefined && maxLength === undefined) return '';
  return `${boundsOf(minLength, maxLength)} characters`;
}

function boundsOf(min: unknown, max: unknown): string {
  if (typeof min === 'number' && typeof max === 'number') return `, ${spaced(min)} to ${spaced(max)}`;
  if (typeof max === 'number') return `, at most ${spaced(max)}`;
  return typeof min === 'number' && min > 1 ? `, at least ${spaced(min)}` : '';
}

function alternatives(kinds: readonly string[]): string {
  return kinds.join(kinds.some((kind) => kind.includes(',')) ? ', or ' : ' or ');
}

const shownDefault = (value: unknown) => (typeof value === 'number' ? spaced(value) : shown(value));

function shown(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** A link to where the page has the schema. */
function linkTo(ref: string): string {
  const name = ref.split('/').at(-1) ?? '';
  return `[${name}](#${name.toLowerCase()})`;
}
