import { markdownTable } from '../tables/markdown-table.ts';
import { type Schema, schemaWords } from './schema-words.ts';

/** What a schema is made of: a table of its fields, or of each of its forms. */
export function schemaSection(schema: Schema): string {
  const { anyOf, properties } = schema;
  if (Array.isArray(anyOf)) return formsOf(anyOf as Schema[]);
  return properties ? fieldTable(schema) : `${schemaWords(schema)}.`;
}

/** The fields of an object: a mark of interrogation follows the name of one that may be absent. */
export function fieldTable({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).flatMap(([name, field]) =>
    fieldRows(name, field, required.includes(name)),
  );
  return markdownTable(['field', 'type', 'meaning'], rows);
}

function fieldRows(name: string, field: Schema, isRequired: boolean): string[][] {
  const inner = innerOf(field);
  const own = [`\`${name}${isRequired ? '' : '?'}\``, schemaWords(field), field.description ?? ''];
  if (!inner) return [own];
  const { properties = {}, required = [] } = inner;
  const below = Object.entries(properties).flatMap(([part, its]) =>
    fieldRows(`${name}${field['type'] === 'array' ? '[]' : ''}.${part}`, its, required.includes(part)),
  );
  return [own, ...below];
}

/** An object that has no name of its own is shown where it is. */
function innerOf(field: Schema): Schema | undefined {
  const inner = field['type'] === 'array' ? (field['items'] as Schema) : field;
  return inner.properties ? inner : undefined;
}

function formsOf(forms: readonly Schema[]): string {
  const tables = forms.map((form) =>
    form.properties ? `\n\n${fieldTable(form)}` : `- ${schemaWords(form)}`,
  );
  const areTables = forms.some((form) => form.properties);
  return areTables ? `One of these:${tables.join('\n\nor')}` : `One of these:\n\n${tables.join('\n')}`;
}
