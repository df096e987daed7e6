import type { OpenApiDocument } from '../../lib/api/index.ts';

type Schema = OpenApiDocument['components']['schemas'][string];

/**
 * The type of what a schema takes, in TypeScript.
 *
 * @param indent of the line that it begins in.
 */
export function schemaType(schema: Schema, indent: string): string {
  const { $ref, type, const: only, enum: choices, anyOf } = schema;
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? '';
  if (only !== undefined) return literal(only);
  if (Array.isArray(choices)) return choices.map(literal).join(' | ');
  if (Array.isArray(anyOf)) return unionOf(anyOf as Schema[], indent);
  if (Array.isArray(type)) return type.map((one) => schemaType({ type: one }, indent)).join(' | ');
  switch (type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'array':
      return listOf(schemaType(schema['items'] as Schema, indent));
    case 'object':
      return schema.properties ? objectType(schema, indent, []) : 'JsonObject';
    default:
      throw new RangeError(`There is no type for ${JSON.stringify(schema)}.`);
  }
}

const listOf = (item: string) =>
  / [|] /.test(item) && !item.startsWith('{') ? `readonly (${item})[]` : `readonly ${item}[]`;

/** Each form says of the fields of the others that it has none of them, so that they can be asked for. */
function unionOf(forms: readonly Schema[], indent: string): string {
  const names = [...new Set(forms.flatMap(({ properties = {} }) => Object.keys(properties)))];
  return forms
    .map((form) => (form.properties ? objectType(form, indent, names) : schemaType(form, indent)))
    .join(' | ');
}

function objectType(
  { properties = {}, required = [] }: Schema,
  indent: string,
  names: readonly string[],
): string {
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, field]) => {
    const about = field.description === undefined ? '' : `${inner}/** ${field.description} */\n`;
    const mark = required.includes(name) ? '' : '?';
    return `${about}${inner}readonly ${name}${mark}: ${schemaType(field, inner)};`;
  });
  const others = names
    .filter((name) => !Object.hasOwn(properties, name))
    .map((name) => `${inner}readonly ${name}?: never;`);
  return `{\n${[...fields, ...others].join('\n')}\n${indent}}`;
}

const literal = (value: unknown) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value);
