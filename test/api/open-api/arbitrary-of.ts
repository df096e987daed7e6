import fc from 'fast-check';
import type { OpenApiDocument } from '../../../lib/api/index.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Lists and texts may be longer; these are enough to try what a schema says. */
const MAX_LENGTH = 40;
const MAX_ITEMS = 4;

/** Values that are about as a schema of the document says; who wants only those that are, filters them. */
export function arbitraryOf({ components }: Pick<OpenApiDocument, 'components'>, root: object) {
  function of(schema: Schema): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined)
      return of(components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map(of));
    const { minimum = 0, maximum = 1_000_000 } = schema;
    switch (schema.type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return fc.oneof(
          { weight: 4, arbitrary: fc.integer({ min: minimum, max: maximum }) },
          fc.constantFrom(minimum - 1, minimum, maximum, maximum + 1),
        );
      case 'number':
        return fc
          .integer({ min: minimum * 1_000, max: maximum * 1_000 })
          .map((thousandths) => thousandths / 1_000);
      case 'string': {
        const { maxLength = MAX_LENGTH } = schema;
        const borders = fc.constantFrom('', 'x'.repeat(maxLength), 'x'.repeat(maxLength + 1));
        return fc.oneof({ weight: 4, arbitrary: textOf(schema) }, borders);
      }
      case 'array': {
        const { minItems = 0, maxItems = MAX_ITEMS, items = {} } = schema;
        return fc.array(of(items), { minLength: minItems, maxLength: Math.min(maxItems, MAX_ITEMS) });
      }
      case 'object': {
        const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, of(field)]);
        return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
          requiredKeys: [...(schema.required ?? [])],
        });
      }
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }
  return of(root as Schema);
}

function textOf({ pattern, format, minLength = 0, maxLength = MAX_LENGTH }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    return fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  const bounds = { minLength, maxLength: Math.min(maxLength, MAX_LENGTH), unit: 'grapheme' } as const;
  if (!pattern?.startsWith('^'))
    return fc.string(bounds).filter((text) => new RegExp(pattern ?? '').test(text));
  // What must not follow is filtered: patterns are made without it.
  return fc
    .stringMatching(new RegExp(pattern.replace(/\(\?!.*?\$\)/, '')))
    .filter((text) => new RegExp(pattern).test(text));
}
